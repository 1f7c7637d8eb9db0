using System;

namespace NooksOS.Storage;

/// <summary>The CRC-32 of ISO 3309, which GPT uses (UEFI 2.10 section 5.3.2).</summary>
public static class Crc32
{
    private const uint ReversedPolynomial = 0xEDB8_8320;

    private static readonly uint[] s_table = MakeTable();

    /// <summary>Goes on with a value over more bytes. The first value is 0.</summary>
    public static uint Continue(uint value, ReadOnlySpan<byte> bytes)
    {
        uint register = ~value;
        foreach (byte next in bytes)
        {
            register = (register >> 8) ^ s_table[(byte)register ^ next];
        }

        return ~register;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint index = 0; index < table.Length; index++)
        {
            uint register = index;
            for (int bit = 0; bit < 8; bit++)
            {
                register = (register >> 1) ^ ((register & 1) * ReversedPolynomial);
            }

            table[index] = register;
        }

        return table;
    }
}
