namespace NooksOS.Isolation;

/// <summary>Where things lie inside a domain's slot, as offsets from its base.</summary>
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

    /// <summary>The heap.</summary>
    public const ulong Heap = 0x4000_0000;

    /// <summary>Stacks.</summary>
    public const ulong Stacks = 0x8000_0000;

    /// <summary>Device registers.</summary>
    public const ulong RegisterWindows = 0xC000_0000;

    /// <summary>Memory shared with devices.</summary>
    public const ulong DmaBuffers = 0x1_0000_0000;

    /// <summary>Where the kernel puts spans for the domain.</summary>
    public const ulong Transfer = 0x2_0000_0000;

    /// <summary>Memory of the kernel through which frames pass, in the domain of a network driver or stack.</summary>
    public const ulong Exchange = 0x2_8000_0000;

    /// <summary>The memory of connections, in the domain that carries them.</summary>
    public const ulong Connections = 0x3_0000_0000;

    /// <summary>First address of a slot.</summary>
    public static ulong Base(int slot) => (ulong)slot << 39;
}
