using System;

namespace NooksOS.Kernel.Console;

/// <summary>
/// Builds text in a caller's buffer without allocating, for code that runs before the base library or in an interrupt. What
/// does not fit is dropped.
/// </summary>
public ref struct Utf8Text
{
    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Begins with no text.</summary>
    public Utf8Text(Span<byte> buffer)
    {
        _buffer = buffer;
        _length = 0;
    }

    /// <summary>The text so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Adds text.</summary>
    public void Append(scoped ReadOnlySpan<byte> text)
    {
        int count = Math.Min(text.Length, _buffer.Length - _length);
        text[..count].CopyTo(_buffer[_length..]);
        _length += count;
    }

    /// <summary>Adds one byte.</summary>
    public void Append(byte value)
    {
        if (_length < _buffer.Length)
        {
            _buffer[_length++] = value;
        }
    }

    /// <summary>Adds the characters of a string that ASCII has; others become question marks.</summary>
    public void AppendAscii(scoped ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            Append(character < 128 ? (byte)character : (byte)'?');
        }
    }

    /// <summary>Adds a number in decimal, filled up from the left.</summary>
    public void AppendDecimal(ulong value, int minimumDigits = 1, byte fill = (byte)'0')
    {
        const int MaximumDigits = 20;
        Span<byte> digits = stackalloc byte[MaximumDigits];
        int position = MaximumDigits;
        do
        {
            digits[--position] = (byte)('0' + (value % 10));
            value /= 10;
        }
        while (value != 0);

        for (int missing = minimumDigits - (MaximumDigits - position); missing > 0; missing--)
        {
            Append(fill);
        }

        Append(digits[position..]);
    }

    /// <summary>Adds a number in hexadecimal with its prefix.</summary>
    public void AppendHex(ulong value, int digits = 16)
    {
        Append("0x"u8);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        {
            Append("0123456789abcdef"u8[(int)(value >> shift) & 15]);
        }
    }
}
