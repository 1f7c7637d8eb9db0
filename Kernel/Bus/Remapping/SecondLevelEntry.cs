namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>
/// An entry of a second-level table, 8 bytes; Intel VT-d specification, chapter "Translation Structure Formats". Bits 61:52 are not
/// looked at by the unit. Here they count: in an entry that leads to a table, what is present there; in one of a page, how often it was
/// opened.
/// </summary>
/// <param name="Value">Bit 0: readable. Bit 1: writable. Bits 51:12: the page or table.</param>
public readonly record struct SecondLevelEntry(ulong Value)
{
    /// <summary>The most that an entry counts.</summary>
    public const uint MaximumCount = 1023;

    private const ulong AccessMask = 3;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;
    private const int CountShift = 52;

    /// <summary>Whether the unit finds anything here.</summary>
    public bool IsPresent => (Value & AccessMask) != 0;

    /// <summary>What a device may do.</summary>
    public DeviceAccess Access => (DeviceAccess)(Value & AccessMask);

    /// <summary>The page or table.</summary>
    public ulong Address => Value & AddressMask;

    /// <summary>What the entry counts.</summary>
    public uint Count => (uint)(Value >> CountShift) & MaximumCount;

    /// <summary>An entry. What leads to a table allows everything: pages decide.</summary>
    public static SecondLevelEntry Make(ulong address, DeviceAccess access, uint count)
        => new(address | (ulong)access | ((ulong)count << CountShift));

    /// <summary>The same entry with another count.</summary>
    public SecondLevelEntry WithCount(uint count) => Make(Address, Access, count);
}
