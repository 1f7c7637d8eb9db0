using System;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>The CRC of IEEE 802.3 as a device has it, computed from the polynomial with the highest power first.</summary>
internal static class WireCrc
{
    private const uint Polynomial = 0x04C1_1DB7;

    /// <summary>The register after the octets, in the order of <see cref="HighestFirst"/> turned round.</summary>
    public static uint Of(ReadOnlySpan<byte> octets)
    {
        uint crc = HighestFirst(octets);
        uint turned = 0;
        for (int bit = 0; bit < 32; bit++)
        {
            turned = (turned << 1) | ((crc >> bit) & 1);
        }

        return turned;
    }

    /// <summary>The register after the octets, each with its lowest bit first; the highest power is the highest bit.</summary>
    public static uint HighestFirst(ReadOnlySpan<byte> octets)
    {
        uint crc = uint.MaxValue;
        foreach (byte octet in octets)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool differs = ((crc >> 31) ^ ((uint)octet >> bit & 1)) != 0;
                crc = (crc << 1) ^ (differs ? Polynomial : 0);
            }
        }

        return crc;
    }
}
