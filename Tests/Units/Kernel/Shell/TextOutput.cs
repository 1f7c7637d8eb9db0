using System;
using System.IO;
using System.Text;
using NooksOS.Kernel.Shell;

namespace NooksOS.Tests.Units.Kernel.Shell;

/// <summary>Keeps what a command prints.</summary>
internal sealed class TextOutput : ShellOutput
{
    private readonly MemoryStream _bytes = new();

    public string Text => Encoding.UTF8.GetString(_bytes.ToArray());

    public override void Write(ReadOnlySpan<byte> utf8) => _bytes.Write(utf8);
}
