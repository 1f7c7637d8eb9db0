namespace NooksOS.Kernel.Memory;

/// <summary>
/// The single address space. A slot is what one entry of the top-level page table covers; the entries of the kernel's slots are
/// present from boot on and never change, so that a view of the address space is a copy of one page.
/// </summary>
public static class AddressLayout
{
    /// <summary>Bytes of a page.</summary>
    public const uint PageBytes = 4096;

    /// <summary>Bytes of a page that an entry of the second level maps.</summary>
    public const uint LargePageBytes = 2 * 1024 * 1024;

    /// <summary>log2 of the bytes of a page.</summary>
    public const int PageShift = 12;

    /// <summary>log2 of the bytes of a slot.</summary>
    public const int SlotShift = 39;

    /// <summary>Slots of the address space.</summary>
    public const int SlotCount = 512;

    /// <summary>First slot for a domain or process; slot 0 holds the null page and is never mapped.</summary>
    public const int FirstDomainSlot = 1;

    /// <summary>Last slot for a domain or process.</summary>
    public const int LastDomainSlot = 127;

    /// <summary>All physical memory, writable, not executable.</summary>
    public const int DirectMapSlot = 256;

    /// <summary>Kernel stacks and device registers.</summary>
    public const int KernelMappingsSlot = 257;

    /// <summary>Interrupt stacks: the only kernel memory that is writable in every view.</summary>
    public const int InterruptStackSlot = 258;

    /// <summary>The kernel image.</summary>
    public const int KernelImageSlot = 511;

    /// <summary>Address of the physical address 0.</summary>
    public const ulong DirectMapBase = 0xFFFF_8000_0000_0000;

    /// <summary>First address for kernel stacks and device registers.</summary>
    public const ulong KernelMappingsBase = 0xFFFF_8080_0000_0000;

    /// <summary>First address for interrupt stacks.</summary>
    public const ulong InterruptStackBase = 0xFFFF_8100_0000_0000;

    /// <summary>Where the physical address 0 would be if the kernel image were mapped linearly.</summary>
    public const ulong KernelImageBase = 0xFFFF_FFFF_8000_0000;

    /// <summary>First address of a slot in canonical form.</summary>
    public static ulong SlotBase(int slot) => (ulong)((long)((ulong)slot << (SlotShift + 16)) >> 16);

    /// <summary>The slot of an address.</summary>
    public static int SlotOf(ulong address) => (int)(address >> SlotShift) & (SlotCount - 1);

    /// <summary>Rounds down to a page.</summary>
    public static ulong PageFloor(ulong address) => address & ~(ulong)(PageBytes - 1);

    /// <summary>Rounds up to a page.</summary>
    public static ulong PageCeiling(ulong address) => (address + PageBytes - 1) & ~(ulong)(PageBytes - 1);

    /// <summary>How many pages hold so many bytes.</summary>
    public static nuint PagesFor(ulong lengthBytes) => (nuint)((lengthBytes + PageBytes - 1) >> PageShift);
}
