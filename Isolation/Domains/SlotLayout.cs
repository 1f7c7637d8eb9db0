namespace NooksOS.Isolation;

/// <summary>
/// Where things lie inside a domain's slot, as offsets from its base.
/// <para>
/// Regions do not begin at round addresses, because a TLB picks an entry by the lowest bits of the number of a page: the first
/// pages of each, which are used most, would push out one another. It is worst for registers of devices. QEMU counts the
/// entries in use wrongly when registers and memory take turns in one (its victim TLB does not find pages of devices, and counts
/// twice that they have left), takes its table for full, doubles it up to a million entries, and clears all of them at each
/// switch of address spaces.
/// </para>
/// <para>
/// What a domain uses in every call lies in its first gigabyte, so that one page directory leads to all of it: after a switch each page
/// table on the way has to be read again, too.
/// </para>
/// </summary>
public static class SlotLayout
{
    /// <summary>Size of a slot: what one entry of the top-level page table covers.</summary>
    public const ulong SlotBytes = 1UL << 39;

    /// <summary>Slots that domains may have; slot 0 holds the null page and stays unmapped.</summary>
    public const int FirstSlot = 1;

    /// <summary>One more than the last slot of a domain.</summary>
    public const int SlotLimit = 128;

    /// <summary>The image.</summary>
    public const ulong Image = 0x0010_0000;

    /// <summary>Stacks.</summary>
    public const ulong Stacks = 0x0404_0000;

    /// <summary>Device registers.</summary>
    public const ulong RegisterWindows = 0x080B_0000;

    /// <summary>Memory shared with devices.</summary>
    public const ulong DmaBuffers = 0x180E_0000;

    /// <summary>Memory of the kernel through which frames pass, in the domain of a network driver or stack.</summary>
    public const ulong Exchange = 0x1F18_0000;

    /// <summary>The heap.</summary>
    public const ulong Heap = 0x2012_0000;

    /// <summary>The end of the heap, and of what one page directory covers.</summary>
    public const ulong HeapEnd = 0x4000_0000;

    /// <summary>Where the kernel puts spans for the domain.</summary>
    public const ulong Transfer = 0x2_0000_0000;

    /// <summary>The memory of connections, in the domain that carries them.</summary>
    public const ulong Connections = 0x3_0000_0000;

    /// <summary>First address of a slot.</summary>
    public static ulong Base(int slot) => (ulong)slot << 39;
}
