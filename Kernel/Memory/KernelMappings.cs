using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Diagnostics;

namespace NooksOS.Kernel.Memory;

/// <summary>
/// The kernel's own mappings outside the direct map: thread stacks with guard pages, device registers, interrupt stacks.
/// Nothing here allocates objects or waits.
/// </summary>
public static unsafe class KernelMappings
{
    private const uint WindowPages = 512 * 1024;

    private static BitmapRangeAllocator s_pages;
    private static ulong s_nextInterruptStack;

    /// <summary>
    /// Makes a stack of a multiple of the page size, below which lies an unmapped page. Returns its end, where the stack begins to
    /// grow down; 0 if there is no memory.
    /// </summary>
    public static ulong AllocateStack(int sizeBytes)
    {
        uint pageCount = (uint)AddressLayout.PagesFor((ulong)sizeBytes);
        ulong guard = Reserve(pageCount + 1);
        if (guard == 0)
        {
            return 0;
        }

        ulong low = guard + AddressLayout.PageBytes;
        if (PageTables.AllocateRange(KernelAddressSpace.Root, low, pageCount, PageFlags.Writable) != PageTableResult.Done)
        {
            Release(guard, pageCount + 1);
            return 0;
        }

        return low + ((ulong)pageCount << AddressLayout.PageShift);
    }

    /// <summary>Frees a stack.</summary>
    /// <param name="stackHigh">What <see cref="AllocateStack"/> returned.</param>
    /// <param name="sizeBytes">What it was asked for.</param>
    public static void FreeStack(ulong stackHigh, int sizeBytes)
    {
        uint pageCount = (uint)AddressLayout.PagesFor((ulong)sizeBytes);
        ulong low = stackHigh - ((ulong)pageCount << AddressLayout.PageShift);
        PageTables.FreeRange(KernelAddressSpace.Root, low, pageCount);
        Release(low - AddressLayout.PageBytes, pageCount + 1);
    }

    /// <summary>Whether an address lies in one of the unmapped pages between the kernel's mappings: a stack has overflowed.</summary>
    public static bool IsGuard(ulong address)
        => AddressLayout.SlotOf(address) is AddressLayout.KernelMappingsSlot or AddressLayout.InterruptStackSlot
            && !PageTables.TryTranslate(KernelAddressSpace.Root, address, out _);

    /// <summary>
    /// Maps physical addresses that are not memory. The result points at the given address, which need not begin a page.
    /// Null if there is no room.
    /// </summary>
    /// <param name="physicalAddress">First byte.</param>
    /// <param name="lengthBytes">How many bytes are needed.</param>
    /// <param name="flags">Writing and caching, such as <see cref="PageFlags.Uncached"/>.</param>
    public static void* MapDevice(ulong physicalAddress, ulong lengthBytes, PageFlags flags = PageFlags.Writable | PageFlags.Uncached)
    {
        ulong first = AddressLayout.PageFloor(physicalAddress);
        nuint pageCount = AddressLayout.PagesFor(physicalAddress - first + lengthBytes);
        ulong address = pageCount >= WindowPages ? 0 : Reserve((uint)pageCount);
        if (address == 0)
        {
            return null;
        }

        PageTableResult result = PageTables.MapRange(KernelAddressSpace.Root, address, first, pageCount, flags | PageFlags.NotOwned);
        if (result != PageTableResult.Done)
        {
            Release(address, (uint)pageCount);
            return null;
        }

        return (void*)(address + (physicalAddress - first));
    }

    /// <summary>Ends what <see cref="MapDevice"/> began, with the same length.</summary>
    public static void UnmapDevice(void* mapping, ulong lengthBytes)
    {
        ulong first = AddressLayout.PageFloor((ulong)mapping);
        nuint pageCount = AddressLayout.PagesFor((ulong)mapping - first + lengthBytes);
        PageTables.UnmapRange(KernelAddressSpace.Root, first, pageCount, out _);
        Release(first, (uint)pageCount);
    }

    /// <summary>Makes an interrupt stack, for good. Returns its end; 0 if there is no memory.</summary>
    public static ulong AllocateInterruptStack(int sizeBytes)
    {
        nuint pageCount = AddressLayout.PagesFor((ulong)sizeBytes);
        ulong flags = Processor.DisableInterrupts();
        ulong low = AddressLayout.InterruptStackBase + s_nextInterruptStack + AddressLayout.PageBytes;
        s_nextInterruptStack += ((ulong)pageCount + 1) << AddressLayout.PageShift;
        Processor.RestoreInterrupts(flags);
        PageTableResult result = PageTables.AllocateRange(
            KernelAddressSpace.Root, low, pageCount, PageFlags.Writable | PageFlags.Global);
        return result == PageTableResult.Done ? low + ((ulong)pageCount << AddressLayout.PageShift) : 0;
    }

    /// <summary>Prepares the window. The kernel's page tables must be in force.</summary>
    internal static bool TryInitialize()
    {
        void* bitmap = FrameAllocator.AllocateZeroedPages(AddressLayout.PagesFor(WindowPages / 8));
        if (bitmap == null)
        {
            return false;
        }

        s_pages.Initialize((ulong*)bitmap, WindowPages);
        return true;
    }

    private static ulong Reserve(uint pageCount)
    {
        ulong flags = Processor.DisableInterrupts();
        uint page = s_pages.Allocate(pageCount);
        Processor.RestoreInterrupts(flags);
        return page == BitmapRangeAllocator.None ? 0 : AddressLayout.KernelMappingsBase + ((ulong)page << AddressLayout.PageShift);
    }

    private static void Release(ulong address, uint pageCount)
    {
        uint page = (uint)((address - AddressLayout.KernelMappingsBase) >> AddressLayout.PageShift);
        ulong flags = Processor.DisableInterrupts();
        bool freed = s_pages.TryFree(page, pageCount);
        Processor.RestoreInterrupts(flags);
        if (!freed)
        {
            Panic.Stop("a kernel mapping was released that does not exist"u8, address);
        }
    }
}
