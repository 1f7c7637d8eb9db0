using System;

namespace NooksOS.Extensions.Vfat;

/// <summary>Names of eight and three characters, blank padded, as directory entries hold them.</summary>
internal static class ShortNames
{
    /// <summary>The length of a padded name.</summary>
    public const int Bytes = 11;

    private const int BaseBytes = 8;
    private const byte LowerCaseBase = 0x08;
    private const byte LowerCaseExtension = 0x10;

    // Stands for 0xE5 as a first byte, which would mark the slot as free.
    private const byte EscapedFreeMark = 0x05;

    // Code page 850, in which mkfs.vfat, mtools and DOS in Western Europe write.
    private const string UpperHalf =
        "\u00C7\u00FC\u00E9\u00E2\u00E4\u00E0\u00E5\u00E7\u00EA\u00EB\u00E8\u00EF\u00EE\u00EC\u00C4\u00C5\u00C9\u00E6\u00C6\u00F4\u00F6\u00F2\u00FB\u00F9\u00FF\u00D6\u00DC\u00F8\u00A3\u00D8\u00D7\u0192\u00E1\u00ED\u00F3\u00FA\u00F1\u00D1\u00AA\u00BA\u00BF\u00AE\u00AC\u00BD\u00BC\u00A1\u00AB\u00BB\u2591\u2592\u2593\u2502\u2524\u00C1\u00C2\u00C0\u00A9\u2563\u2551\u2557\u255D\u00A2\u00A5\u2510"
        + "\u2514\u2534\u252C\u251C\u2500\u253C\u00E3\u00C3\u255A\u2554\u2569\u2566\u2560\u2550\u256C\u00A4\u00F0\u00D0\u00CA\u00CB\u00C8\u0131\u00CD\u00CE\u00CF\u2518\u250C\u2588\u2584\u00A6\u00CC\u2580\u00D3\u00DF\u00D4\u00D2\u00F5\u00D5\u00B5\u00FE\u00DE\u00DA\u00DB\u00D9\u00FD\u00DD\u00AF\u00B4\u00AD\u00B1\u2017\u00BE\u00B6\u00A7\u00F7\u00B8\u00B0\u00A8\u00B7\u00B9\u00B3\u00B2\u25A0\u00A0";

    /// <summary>The name as it is shown: base and extension with a dot, in the case that the entry asks for.</summary>
    public static string Decode(ReadOnlySpan<byte> name, byte caseBits)
    {
        Span<char> text = stackalloc char[Bytes + 1];
        int length = DecodePart(name[..BaseBytes], (caseBits & LowerCaseBase) != 0, text);
        if (name[0] == EscapedFreeMark)
        {
            text[0] = DecodeCharacter(DirectoryEntry.FreeMark);
        }

        int extension = DecodePart(name[BaseBytes..Bytes], (caseBits & LowerCaseExtension) != 0, text[(length + 1)..]);
        if (extension != 0)
        {
            text[length++] = '.';
        }

        return new string(text[..(length + extension)]);
    }

    /// <summary>
    /// Writes a name that is one of eight and three characters but for its case. False if it is none. Letters that are not of
    /// ASCII are only ever in long names, because no two systems agree on their code.
    /// </summary>
    public static bool TryEncode(ReadOnlySpan<char> name, Span<byte> encoded, out bool isExact)
    {
        encoded.Fill((byte)' ');
        isExact = true;
        int dot = name.LastIndexOf('.');
        ReadOnlySpan<char> stem = dot < 0 ? name : name[..dot];
        ReadOnlySpan<char> extension = dot < 0 ? default : name[(dot + 1)..];
        bool fits = stem.Length is > 0 and <= BaseBytes && extension.Length <= Bytes - BaseBytes && (dot < 0 || extension.Length != 0);
        return fits && TryEncodePart(stem, encoded, ref isExact) && TryEncodePart(extension, encoded[BaseBytes..], ref isExact);
    }

    /// <summary>Makes the base of an alias: what is left of a long name, without the number that makes it the only one.</summary>
    public static int MakeBasis(ReadOnlySpan<char> name, Span<byte> encoded)
    {
        encoded.Fill((byte)' ');
        name = name.TrimStart('.').TrimStart(' ');
        int dot = name.LastIndexOf('.');
        int length = FillPart(dot < 0 ? name : name[..dot], encoded[..BaseBytes]);
        if (dot >= 0)
        {
            FillPart(name[(dot + 1)..], encoded[BaseBytes..]);
        }

        if (length == 0)
        {
            encoded[length++] = (byte)'_';
        }

        return length;
    }

    /// <summary>Puts a tilde and a number behind the base, which is shortened as far as it takes.</summary>
    public static void SetNumber(Span<byte> encoded, int basisLength, uint number)
    {
        Span<char> tail = stackalloc char[BaseBytes];
        number.TryFormat(tail, out int digits, default, null);
        int start = Math.Min(basisLength, BaseBytes - digits - 1);
        encoded[start] = (byte)'~';
        for (int index = 0; index < digits; index++)
        {
            encoded[start + 1 + index] = (byte)tail[index];
        }
    }

    /// <summary>Writes a label: upper case, blanks allowed between other characters. False if it cannot be one.</summary>
    public static bool TryEncodeLabel(ReadOnlySpan<char> label, Span<byte> encoded)
    {
        encoded.Fill((byte)' ');
        bool isAllowed = label.Length <= Bytes && (label.IsEmpty || (label[0] != ' ' && label[^1] != ' '));
        for (int index = 0; isAllowed && index < label.Length; index++)
        {
            isAllowed = label[index] == ' ' || IsAllowed(label[index]);
            encoded[index] = (byte)char.ToUpperInvariant(label[index]);
        }

        return isAllowed;
    }

    /// <summary>The checksum by which pieces of a long name belong to a short one.</summary>
    public static byte ComputeChecksum(ReadOnlySpan<byte> name)
    {
        byte sum = 0;
        foreach (byte value in name[..Bytes])
        {
            sum = (byte)(((sum & 1) << 7) + (sum >> 1) + value);
        }

        return sum;
    }

    private static int DecodePart(ReadOnlySpan<byte> part, bool isLowerCase, Span<char> text)
    {
        part = part.TrimEnd((byte)' ');
        for (int index = 0; index < part.Length; index++)
        {
            char character = DecodeCharacter(part[index]);
            text[index] = isLowerCase ? char.ToLowerInvariant(character) : character;
        }

        return part.Length;
    }

    /// <summary>The character that a byte stands for.</summary>
    public static char DecodeCharacter(byte value) => value < 0x80 ? (char)value : UpperHalf[value - 0x80];

    private static bool TryEncodePart(ReadOnlySpan<char> part, Span<byte> encoded, ref bool isExact)
    {
        for (int index = 0; index < part.Length; index++)
        {
            if (!IsAllowed(part[index]))
            {
                return false;
            }

            char upper = char.ToUpperInvariant(part[index]);
            isExact &= upper == part[index];
            encoded[index] = (byte)upper;
        }

        return true;
    }

    private static int FillPart(ReadOnlySpan<char> part, Span<byte> encoded)
    {
        int length = 0;
        foreach (char character in part)
        {
            if (character is ' ' or '.')
            {
                continue;
            }

            if (length == encoded.Length)
            {
                break;
            }

            encoded[length++] = IsAllowed(character) ? (byte)char.ToUpperInvariant(character) : (byte)'_';
        }

        return length;
    }

    private static bool IsAllowed(char character)
        => char.IsAsciiLetterOrDigit(character) || (char.IsAscii(character) && "!#$%&'()-@^_`{}~".Contains(character, StringComparison.Ordinal));
}
