using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>
/// The 64-bit table by which the device lets multicast frames in, "LADRF": a frame passes if the bit is set that the upper six
/// bits of its address's CRC name.
/// </summary>
internal static class LogicalAddressFilter
{
    private const int HashShift = 26;

    /// <summary>The table for what is wanted.</summary>
    public static ulong Of(ReceiveFilter filter)
    {
        ulong table = filter.IsAllMulticast ? ulong.MaxValue : 0;
        foreach (MacAddress group in filter.Groups)
        {
            table |= 1ul << (int)(EthernetCrc.OfAddress(group) >> HashShift);
        }

        return table;
    }

    /// <summary>The mode for what is wanted.</summary>
    public static Mode ModeOf(ReceiveFilter filter) => filter.IsPromiscuous ? Mode.Promiscuous : Mode.Normal;
}
