using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Memory;

/// <summary>
/// The kernel's page tables. Built once from the memory map, before the base library is initialised. Nothing is writable and
/// executable; the lower half is empty; memory of the kernel image can be written only where the image says so.
/// </summary>
public static unsafe class KernelAddressSpace
{
    private const uint ExtendedFeatures = 0xC000_0080;
    private const ulong NoExecuteEnable = 1 << 11;
    private const uint PageAttributeTable = 0x277;

    // The reset value with entry 1 changed from write-through to write-combining (Intel SDM vol. 3 §12.12.2).
    private const ulong PageAttributes = 0x0007_0406_0007_0106;
    private const ulong WriteProtect = 1 << 16;
    private const ulong GlobalPages = 1 << 7;

    /// <summary>Physical address of the top-level table. A view is a copy of it.</summary>
    public static ulong Root { get; private set; }

    /// <summary>
    /// Makes sure that firmware tables can be read through the direct map, wherever the firmware has put them. They are mapped read-only.
    /// </summary>
    public static bool TryMapFirmware(ulong physicalAddress, ulong lengthBytes)
    {
        if (lengthBytes == 0 || physicalAddress + lengthBytes < physicalAddress || physicalAddress + lengthBytes > 1UL << AddressLayout.SlotShift)
        {
            return false;
        }

        ulong end = AddressLayout.PageCeiling(physicalAddress + lengthBytes);
        for (ulong page = AddressLayout.PageFloor(physicalAddress); page < end; page += AddressLayout.PageBytes)
        {
            PageTableResult result = PageTables.Map(Root, AddressLayout.DirectMapBase + page, page, PageFlags.NotOwned);
            if (result is not (PageTableResult.Done or PageTableResult.AlreadyMapped))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Makes the direct map usable on the boot code's page tables, which map the first 4 GiB at their physical addresses.
    /// </summary>
    internal static void BorrowBootMap()
    {
        // SAFETY: the boot code's tables lie in the first 4 GiB, which they map to themselves.
        ulong* root = (ulong*)(Processor.ReadCr3() & PageTableEntry.AddressMask);
        if ((root[AddressLayout.DirectMapSlot] & PageTableEntry.Present) == 0)
        {
            root[AddressLayout.DirectMapSlot] = root[0];
        }
    }

    /// <summary>Builds the tables and puts them in force. False if there is too little memory.</summary>
    internal static bool TryBuild(in BootInformation information, in KernelSections sections)
    {
        Processor.WriteModelSpecificRegister(
            ExtendedFeatures, Processor.ReadModelSpecificRegister(ExtendedFeatures) | NoExecuteEnable);
        Processor.WriteModelSpecificRegister(PageAttributeTable, PageAttributes);
        Root = PageTables.Tree(0).AllocateTable();
        if (Root == 0)
        {
            return false;
        }

        PageTableTree tree = PageTables.Tree(Root);
        if (!tree.TryMakeSlot(AddressLayout.DirectMapSlot)
            || !tree.TryMakeSlot(AddressLayout.KernelMappingsSlot)
            || !tree.TryMakeSlot(AddressLayout.InterruptStackSlot)
            || !tree.TryMakeSlot(AddressLayout.KernelImageSlot)
            || !TryMapImage(tree, in sections))
        {
            return false;
        }

        foreach (MemoryRegion region in information.MemoryMap)
        {
            if (region.Kind is MemoryRegionKind.Available or MemoryRegionKind.AcpiReclaimable or MemoryRegionKind.AcpiNonVolatile
                && !TryMapMemory(tree, region.Range, sections.PhysicalRange))
            {
                return false;
            }
        }

        Processor.WriteCr3(Root);
        Processor.WriteCr4(Processor.ReadCr4() | GlobalPages);
        Processor.WriteCr0(Processor.ReadCr0() | WriteProtect);
        return true;
    }

    // Code and constants have the same rights in every view, so they may be global; data may not.
    private static bool TryMapImage(PageTableTree tree, in KernelSections sections)
        => TryMapSection(tree, sections.CodeStart, sections.CodeEnd, PageFlags.Executable | PageFlags.Global)
            && TryMapSection(tree, sections.ReadOnlyStart, sections.ReadOnlyEnd, PageFlags.Global)
            && TryMapSection(tree, sections.DataStart, sections.DataEnd, PageFlags.Writable);

    private static bool TryMapSection(PageTableTree tree, ulong start, ulong end, PageFlags flags)
    {
        for (ulong page = AddressLayout.PageFloor(start); page < end; page += AddressLayout.PageBytes)
        {
            ulong frame = page - AddressLayout.KernelImageBase;
            if (tree.Map(page, frame, flags | PageFlags.NotOwned, 0) != PageTableResult.Done)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryMapMemory(PageTableTree tree, PhysicalRange range, PhysicalRange image)
    {
        const ulong LargePageMask = AddressLayout.LargePageBytes - 1;
        ulong end = ulong.Min(AddressLayout.PageCeiling(range.End), 1UL << AddressLayout.SlotShift);
        ulong address = AddressLayout.PageFloor(range.Start);
        while (address < end)
        {
            PageTableResult result;
            ulong stepBytes;
            PhysicalRange large = new(address, address + AddressLayout.LargePageBytes);
            if ((address & LargePageMask) == 0 && large.End <= end && !large.Overlaps(image))
            {
                stepBytes = AddressLayout.LargePageBytes;
                result = tree.MapLarge(AddressLayout.DirectMapBase + address, address, PageFlags.Writable | PageFlags.NotOwned);
            }
            else
            {
                stepBytes = AddressLayout.PageBytes;
                bool isImage = address >= image.Start && address < image.End;
                PageFlags flags = (isImage ? PageFlags.None : PageFlags.Writable) | PageFlags.NotOwned;
                result = tree.Map(AddressLayout.DirectMapBase + address, address, flags, 0);
            }

            // Ranges of the memory map may share a page.
            if (result is not (PageTableResult.Done or PageTableResult.AlreadyMapped))
            {
                return false;
            }

            address += stepBytes;
        }

        return true;
    }
}
