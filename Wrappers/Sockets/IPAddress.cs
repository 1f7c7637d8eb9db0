using System;
using System.Globalization;

namespace NooksOS.Sockets;

/// <summary>An IPv4 address.</summary>
/// <param name="Value">In host order: 10.0.2.15 is 0x0A00020F.</param>
public readonly record struct IPAddress(uint Value)
{
    private const int Octets = 4;
    private const int OctetBits = 8;

    /// <summary>Every address of this machine.</summary>
    public static IPAddress Any => default;

    /// <summary>Reads four numbers with points between them. False if it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = default;
        uint value = 0;
        int octets = 0;
        foreach (Range part in text.Split('.'))
        {
            if (++octets > Octets
                || !byte.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out byte octet))
            {
                return false;
            }

            value = (value << OctetBits) | octet;
        }

        address = new IPAddress(value);
        return octets == Octets;
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{Value >> (3 * OctetBits)}.{(byte)(Value >> (2 * OctetBits))}.{(byte)(Value >> OctetBits)}.{(byte)Value}");
}
