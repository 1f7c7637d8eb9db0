using System;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>Names as DNS writes them (RFC 1035 §3.1): labels, each behind its length, and a zero. Here always in lower case.</summary>
internal static class DnsName
{
    /// <summary>The longest name, lengths and zero included (RFC 1035 §2.3.4).</summary>
    public const int MaximumBytes = 255;

    /// <summary>The longest label.</summary>
    public const int MaximumLabelBytes = 63;

    private const byte PointerBits = 0xC0;

    /// <summary>Writes a name such as "www.example.org". False if a label is empty or too long, or the whole is.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> text, Span<byte> name, out int length)
    {
        length = 0;
        text = text is [.., (byte)'.'] ? text[..^1] : text;
        if (text.IsEmpty || text.Length > MaximumBytes - 2)
        {
            return false;
        }

        while (true)
        {
            int dot = text.IndexOf((byte)'.');
            ReadOnlySpan<byte> label = dot < 0 ? text : text[..dot];
            if (label.Length is 0 or > MaximumLabelBytes)
            {
                return false;
            }

            name[length++] = (byte)label.Length;
            length += CopyLowered(label, name[length..]);
            if (dot < 0)
            {
                name[length++] = 0;
                return true;
            }

            text = text[(dot + 1)..];
        }
    }

    /// <summary>
    /// Reads a name at an offset of a message, and moves the offset behind it. Pointers (RFC 1035 §4.1.4) must lead back, each further
    /// than the one before, so that no name goes round in circles.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int offset, Span<byte> name, out int length)
    {
        length = 0;
        int position = offset;
        int lowest = offset;
        bool hasJumped = false;
        while (position < message.Length)
        {
            byte count = message[position++];
            if ((count & PointerBits) == PointerBits)
            {
                if (position == message.Length)
                {
                    return false;
                }

                int target = ((count & ~PointerBits) << 8) | message[position++];
                offset = hasJumped ? offset : position;
                hasJumped = true;
                if (target >= lowest)
                {
                    return false;
                }

                lowest = position = target;
                continue;
            }

            if (count > MaximumLabelBytes || length + 1 + count > MaximumBytes || position + count > message.Length)
            {
                return false;
            }

            name[length++] = count;
            length += CopyLowered(message.Slice(position, count), name[length..]);
            position += count;
            if (count == 0)
            {
                offset = hasJumped ? offset : position;
                return true;
            }
        }

        return false;
    }

    private static int CopyLowered(ReadOnlySpan<byte> label, Span<byte> name)
    {
        for (int index = 0; index < label.Length; index++)
        {
            byte octet = label[index];
            name[index] = octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;
        }

        return label.Length;
    }
}
