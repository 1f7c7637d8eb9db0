using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>What the characters of a target may be.</summary>
internal static class TargetText
{
    /// <summary>Whether the text consists of pchar, "/", "?", the brackets of an IPv6 address, and complete percent-encodings.</summary>
    public static bool ContainsOnlyTargetText(this ReadOnlySpan<byte> text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            byte value = text[index];
            if (value == (byte)'%')
            {
                if (index + 2 >= text.Length
                    || Characters.HexadecimalDigit(text[index + 1]) < 0
                    || Characters.HexadecimalDigit(text[index + 2]) < 0)
                {
                    return false;
                }
            }
            else if (!Characters.IsTargetText(value) && value is not ((byte)'[' or (byte)']'))
            {
                return false;
            }
        }

        return true;
    }
}
