using NooksOS.Contracts;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>
/// The 64-bit table by which the device lets multicast frames in, "MAR": a frame passes if the bit is set that six bits of its
/// address's CRC name. The chip computes the CRC with the first bit on the wire highest, so its upper six bits are the lower
/// ones of ours, in reverse.
/// </summary>
internal static class MulticastFilter
{
    private const int HashBits = 6;

    /// <summary>The table for what is wanted. A promiscuous receiver looks at it, too.</summary>
    public static ulong Of(ReceiveFilter filter)
    {
        ulong table = filter.IsAllMulticast ? ulong.MaxValue : 0;
        foreach (MacAddress group in filter.Groups)
        {
            table |= 1ul << Hash(group);
        }

        return table;
    }

    private static int Hash(MacAddress group)
    {
        uint crc = EthernetCrc.OfAddress(group);
        int hash = 0;
        for (int bit = 0; bit < HashBits; bit++)
        {
            hash = (hash << 1) | (int)((crc >> bit) & 1);
        }

        return hash;
    }
}
