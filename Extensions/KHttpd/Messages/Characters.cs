using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>The character classes of RFC 9110 §5.6 and RFC 3986, by one table.</summary>
internal static class Characters
{
    private const byte Token = 1;
    private const byte FieldText = 2;
    private const byte TargetText = 4;

    private static readonly byte[] s_classes = Classify();

    /// <summary>tchar (RFC 9110 §5.6.2).</summary>
    public static bool IsToken(byte value) => (s_classes[value] & Token) != 0;

    /// <summary>
    /// What a field value may hold: VCHAR, obs-text, SP and HTAB (RFC 9110 §5.5). Of the other control characters, CR, LF and NUL
    /// must be refused and the rest may be.
    /// </summary>
    public static bool IsFieldText(byte value) => (s_classes[value] & FieldText) != 0;

    /// <summary>What a path and a query may hold besides percent-encoded octets: pchar, "/" and "?" (RFC 3986 §3.3, §3.4).</summary>
    public static bool IsTargetText(byte value) => (s_classes[value] & TargetText) != 0;

    /// <summary>SP or HTAB, of which optional white space consists.</summary>
    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';

    /// <summary>DIGIT.</summary>
    public static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexadecimalDigit(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => -1,
    };

    /// <summary>Whether all bytes are tchar and there is at least one.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            if (!IsToken(value))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    /// <summary>Removes optional white space on both sides.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    /// <summary>Whether two texts are the same but for the case of letters.</summary>
    public static bool AreEqualIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        if (text.Length != lowerCase.Length)
        {
            return false;
        }

        for (int index = 0; index < text.Length; index++)
        {
            byte value = text[index];
            if (value is >= (byte)'A' and <= (byte)'Z')
            {
                value |= 0x20;
            }

            if (value != lowerCase[index])
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Classify()
    {
        byte[] classes = new byte[256];
        for (int value = 0; value < classes.Length; value++)
        {
            bool isAlphanumeric = value is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
            if (isAlphanumeric || "!#$%&'*+-.^_`|~".Contains((char)value))
            {
                classes[value] |= Token;
            }

            if (value is '\t' or (>= ' ' and not 0x7F))
            {
                classes[value] |= FieldText;
            }

            if (isAlphanumeric || "-._~!$&'()*+,;=:@/?".Contains((char)value))
            {
                classes[value] |= TargetText;
            }
        }

        return classes;
    }
}
