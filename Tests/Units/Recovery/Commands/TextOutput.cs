using System;
using System.Text;
using NooksOS.Kernel.Shell;

namespace NooksOS.Tests.Units.Recovery.Commands;

internal sealed class TextOutput : ShellOutput
{
    private readonly StringBuilder _text = new();

    public override void Write(ReadOnlySpan<byte> utf8) => _text.Append(Encoding.UTF8.GetString(utf8));

    public override string ToString() => _text.ToString();
}
