using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>The frame check sequence's CRC-32, IEEE 802.3 clause 3.2.9, by whose bits many devices look up multicast addresses.</summary>
public static class EthernetCrc
{
    private const uint ReversedPolynomial = 0xEDB8_8320;

    /// <summary>
    /// The register's contents after the six octets of an address, in the bit order in which they go over the wire: the first bit
    /// that would be sent is the lowest one. Not complemented.
    /// </summary>
    public static uint OfAddress(MacAddress address)
    {
        uint crc = uint.MaxValue;
        ulong bits = address.Bits;
        for (int bit = 0; bit < 8 * MacAddress.Length; bit++)
        {
            uint differs = (crc ^ (uint)(bits >> bit)) & 1;
            crc = (crc >> 1) ^ (differs * ReversedPolynomial);
        }

        return crc;
    }
}
