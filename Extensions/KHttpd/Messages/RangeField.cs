using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>The Range field (RFC 9110 §14.1.2, §14.2).</summary>
internal static class RangeField
{
    /// <summary>
    /// Reads the ranges that lie in a content of the given length, in the order in which they were asked for.
    /// </summary>
    /// <returns>
    /// How many there are: 0 means that none is satisfiable (416), -1 that the field is to be ignored, because it is malformed, of
    /// another unit, or asks for so many or so much that only an attacker would.
    /// </returns>
    public static int Parse(ReadOnlySpan<byte> value, long lengthBytes, Span<ByteRange> ranges)
    {
        ReadOnlySpan<byte> unit = "bytes="u8;
        if (value.Length < unit.Length || !Characters.AreEqualIgnoringCase(value[..unit.Length], unit))
        {
            return -1;
        }

        ReadOnlySpan<byte> list = value[unit.Length..];
        int count = 0;
        int elements = 0;
        long total = 0;
        foreach (Range part in list.Split((byte)','))
        {
            ReadOnlySpan<byte> text = Characters.Trim(list[part]);
            if (text.IsEmpty)
            {
                continue;
            }

            if (++elements > ranges.Length || !TryParse(text, lengthBytes, out ByteRange range))
            {
                return -1;
            }

            if (range.LengthBytes > 0)
            {
                ranges[count++] = range;
                total += range.LengthBytes;
            }

            // Together more than everything: they overlap, and §14.2 allows to ignore such a field.
            if (total > lengthBytes)
            {
                return -1;
            }
        }

        return elements == 0 ? -1 : count;
    }

    // An unsatisfiable range comes out empty.
    private static bool TryParse(ReadOnlySpan<byte> text, long lengthBytes, out ByteRange range)
    {
        range = default;
        int dash = text.IndexOf((byte)'-');
        if (dash < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> first = text[..dash];
        ReadOnlySpan<byte> last = text[(dash + 1)..];
        if (first.IsEmpty)
        {
            if (!TryParse(last, out long suffix))
            {
                return false;
            }

            suffix = Math.Min(suffix, lengthBytes);
            range = new ByteRange(lengthBytes - suffix, suffix);
            return true;
        }

        long end = long.MaxValue;
        if (!TryParse(first, out long start) || (!last.IsEmpty && (!TryParse(last, out end) || end < start)))
        {
            return false;
        }

        if (start < lengthBytes)
        {
            range = new ByteRange(start, Math.Min(end, lengthBytes - 1) - start + 1);
        }

        return true;
    }

    // A number beyond all contents counts as the largest: it is still a number.
    private static bool TryParse(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (!Characters.IsDigit(digit))
            {
                return false;
            }

            number = number > (long.MaxValue - 9) / 10 ? long.MaxValue : (number * 10) + (digit - '0');
        }

        return !digits.IsEmpty;
    }
}
