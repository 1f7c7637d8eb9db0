using System;
using Iced.Intel;

namespace NooksOS.Isolation.Verification;

/// <summary>Hands code to the decoder through a small buffer, because a decoder cannot hold a span.</summary>
internal sealed class CodeWindow : CodeReader
{
    private const int LongestInstructionBytes = 15;

    private readonly byte[] _buffer = new byte[4096];
    private int _length;
    private int _position;

    /// <summary>Forgets what is in the buffer.</summary>
    public void Reset() => _length = _position = 0;

    /// <summary>Sees to it that the next instruction is in the buffer.</summary>
    /// <param name="rest">The code from the next instruction on, up to where instructions may reach.</param>
    public void Prepare(ReadOnlySpan<byte> rest)
    {
        if (_length - _position < Math.Min(LongestInstructionBytes, rest.Length))
        {
            _length = Math.Min(rest.Length, _buffer.Length);
            _position = 0;
            rest[.._length].CopyTo(_buffer);
        }
    }

    /// <inheritdoc/>
    public override int ReadByte() => _position < _length ? _buffer[_position++] : -1;
}
