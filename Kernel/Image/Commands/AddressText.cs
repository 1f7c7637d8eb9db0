using System;
using System.Globalization;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary>IPv4 addresses as people write them.</summary>
internal static class AddressText
{
    private const int Octets = 4;
    private const int OctetBits = 8;

    /// <summary>Four numbers with points between them.</summary>
    public static string Write(uint address)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{address >> (3 * OctetBits)}.{(byte)(address >> (2 * OctetBits))}.{(byte)(address >> OctetBits)}.{(byte)address}");

    /// <summary>Reads an address.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static uint Read(string text)
    {
        string[] parts = text.Split('.');
        uint address = 0;
        bool isAddress = parts.Length == Octets;
        foreach (string part in parts)
        {
            isAddress &= byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte octet);
            address = (address << OctetBits) | octet;
        }

        return isAddress && address != 0
            ? address
            : throw new UsageException($"'{text}' is not an IPv4 address such as 10.0.2.2");
    }
}
