using System;
using NooksOS.Kernel.Console;

namespace NooksOS.Kernel.Shell;

/// <summary>Output on the channel to the host tool.</summary>
internal sealed class ControlOutput : ShellOutput
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> utf8) => ControlChannel.Write(utf8);
}
