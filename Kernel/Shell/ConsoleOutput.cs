using System;
using NooksOS.Kernel.Console;

namespace NooksOS.Kernel.Shell;

/// <summary>Output on the machine's console.</summary>
internal sealed class ConsoleOutput : ShellOutput
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> utf8) => KernelConsole.Write(utf8);
}
