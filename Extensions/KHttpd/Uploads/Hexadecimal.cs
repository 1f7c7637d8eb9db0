using System;

namespace NooksOS.Extensions.KHttpd.Uploads;

/// <summary>Bytes as hexadecimal digits.</summary>
internal static class Hexadecimal
{
    /// <summary>Writes two lower-case digits for each byte.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        for (int index = 0; index < bytes.Length; index++)
        {
            destination[2 * index] = digits[bytes[index] >> 4];
            destination[(2 * index) + 1] = digits[bytes[index] & 15];
        }
    }
}
