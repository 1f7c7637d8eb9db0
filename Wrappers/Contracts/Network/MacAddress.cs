using System;

namespace NooksOS.Contracts;

/// <summary>An IEEE 802 address, first octet on the wire in the lowest byte of <see cref="Bits"/>.</summary>
public readonly record struct MacAddress(ulong Bits)
{
    /// <summary>How many octets an address has.</summary>
    public const int Length = 6;

    /// <summary>The address that every station accepts.</summary>
    public static MacAddress Broadcast => new(0xFFFF_FFFF_FFFF);

    /// <summary>Whether the address names a group of stations.</summary>
    public bool IsMulticast => (Bits & 1) != 0;

    /// <summary>Reads an address from the first six bytes.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> source)
    {
        ulong bits = 0;
        for (int index = Length - 1; index >= 0; index--)
        {
            bits = (bits << 8) | source[index];
        }

        return new MacAddress(bits);
    }

    /// <summary>Writes the address to the first six bytes.</summary>
    public void Write(Span<byte> destination)
    {
        for (int index = 0; index < Length; index++)
        {
            destination[index] = (byte)(Bits >> (8 * index));
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        const string Digits = "0123456789abcdef";
        Span<char> text = stackalloc char[17];
        for (int index = 0; index < Length; index++)
        {
            byte octet = (byte)(Bits >> (8 * index));
            text[3 * index] = Digits[octet >> 4];
            text[(3 * index) + 1] = Digits[octet & 15];
            if (index < Length - 1)
            {
                text[(3 * index) + 2] = ':';
            }
        }

        return new string(text);
    }
}
