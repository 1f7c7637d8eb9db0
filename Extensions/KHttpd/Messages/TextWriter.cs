using System;
using System.Buffers.Text;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>Appends bytes and numbers to a buffer that its user knows to be large enough.</summary>
internal ref struct TextWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Appends text.</summary>
    public void Write(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer[Length..]);
        Length += text.Length;
    }

    /// <summary>Appends a decimal number.</summary>
    public void Write(long number)
    {
        Utf8Formatter.TryFormat(number, _buffer[Length..], out int written);
        Length += written;
    }

    /// <summary>Appends a hexadecimal number.</summary>
    public void WriteHexadecimal(long number)
    {
        Utf8Formatter.TryFormat(number, _buffer[Length..], out int written, new System.Buffers.StandardFormat('x'));
        Length += written;
    }

    /// <summary>Appends a date.</summary>
    public void WriteDate(long seconds)
    {
        HttpDate.Format(seconds, _buffer[Length..]);
        Length += HttpDate.LengthBytes;
    }
}
