using System;
using System.Buffers;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary>Keeps what a command prints.</summary>
public sealed class CapturedOutput : ShellOutput
{
    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>Everything printed so far.</summary>
    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> utf8) => _text.Write(utf8);
}
