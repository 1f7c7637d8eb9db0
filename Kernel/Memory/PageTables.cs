using System;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Memory;

/// <summary>
/// Page tables of the machine. A root is the physical address of a top-level table. Every view is a copy of one, so a change
/// below the top level shows in all of them at once; there is one address space, so one address never means two things.
/// Usable with interrupts off; nothing here allocates objects or waits.
/// </summary>
public static unsafe class PageTables
{
    // So many pages at a time: interrupts are off meanwhile, and what is kept of each of them lies on the stack.
    private const int BatchPages = 256;

    // From so many pages on it is cheaper to drop all translations than theirs one by one.
    private const int FewPages = 16;

    /// <summary>Maps a page to a frame.</summary>
    public static PageTableResult Map(ulong root, ulong virtualAddress, ulong physicalAddress, PageFlags flags, int protectionKey = 0)
        => Map(root, virtualAddress, [physicalAddress], flags, protectionKey, out _);

    /// <summary>Maps pages to frames that follow each other. On failure nothing stays mapped.</summary>
    public static PageTableResult MapRange(
        ulong root, ulong virtualAddress, ulong physicalAddress, nuint pageCount, PageFlags flags, int protectionKey = 0)
    {
        Span<ulong> batch = stackalloc ulong[BatchPages];
        nuint mapped = 0;
        while (mapped < pageCount)
        {
            Span<ulong> frames = batch[..(int)Math.Min(pageCount - mapped, BatchPages)];
            for (int index = 0; index < frames.Length; index++)
            {
                frames[index] = physicalAddress + OffsetOf(mapped + (nuint)index);
            }

            PageTableResult result = Map(
                root, virtualAddress + OffsetOf(mapped), frames, flags, protectionKey, out int mappedNow);
            mapped += (nuint)mappedNow;
            if (result != PageTableResult.Done)
            {
                UnmapRange(root, virtualAddress, mapped, out _);
                return result;
            }
        }

        return PageTableResult.Done;
    }

    /// <summary>Maps zeroed frames of its own under each page. On failure nothing stays mapped and no frame is lost.</summary>
    public static PageTableResult AllocateRange(ulong root, ulong virtualAddress, nuint pageCount, PageFlags flags, int protectionKey = 0)
    {
        Span<ulong> batch = stackalloc ulong[BatchPages];
        nuint mapped = 0;
        while (mapped < pageCount)
        {
            Span<ulong> frames = batch[..(int)Math.Min(pageCount - mapped, BatchPages)];
            int allocated = 0;
            while (allocated < frames.Length && FrameAllocator.AllocateZeroedRun(1) is ulong frame && frame != 0)
            {
                frames[allocated++] = frame;
            }

            PageTableResult result = Map(
                root, virtualAddress + OffsetOf(mapped), frames[..allocated], flags, protectionKey, out int mappedNow);
            foreach (ulong frame in frames[mappedNow..allocated])
            {
                FrameAllocator.Free(frame);
            }

            mapped += (nuint)mappedNow;
            if (result != PageTableResult.Done || allocated < frames.Length)
            {
                FreeRange(root, virtualAddress, mapped);
                return result != PageTableResult.Done ? result : PageTableResult.OutOfMemory;
            }
        }

        return PageTableResult.Done;
    }

    /// <summary>Takes the mapping of a page away; the frame stays with the caller.</summary>
    public static PageTableResult Unmap(ulong root, ulong virtualAddress, out PageTranslation old)
    {
        ulong entry = 0;
        Unmap(root, virtualAddress, new Span<ulong>(ref entry));
        old = Describe(entry);
        return entry == 0 ? PageTableResult.NotMapped : PageTableResult.Done;
    }

    /// <summary>Takes the mappings of pages away; the frames stay with the caller. Pages that are not mapped are passed over.</summary>
    public static void UnmapRange(ulong root, ulong virtualAddress, nuint pageCount, out nuint unmappedCount)
    {
        Span<ulong> batch = stackalloc ulong[BatchPages];
        unmappedCount = 0;
        for (nuint page = 0; page < pageCount; page += BatchPages)
        {
            Span<ulong> entries = batch[..(int)Math.Min(pageCount - page, BatchPages)];
            Unmap(root, virtualAddress + OffsetOf(page), entries);
            foreach (ulong entry in entries)
            {
                unmappedCount += entry == 0 ? 0u : 1;
            }
        }
    }

    /// <summary>Takes the mappings of pages away and frees the frames that they own. Pages that are not mapped are passed over.</summary>
    /// <returns>How many frames came back.</returns>
    public static nuint FreeRange(ulong root, ulong virtualAddress, nuint pageCount)
    {
        Span<ulong> batch = stackalloc ulong[BatchPages];
        nuint freed = 0;
        for (nuint page = 0; page < pageCount; page += BatchPages)
        {
            Span<ulong> entries = batch[..(int)Math.Min(pageCount - page, BatchPages)];
            Unmap(root, virtualAddress + OffsetOf(page), entries);
            foreach (ulong entry in entries)
            {
                if (entry != 0 && (entry & PageTableEntry.NotOwned) == 0)
                {
                    FrameAllocator.Free(entry & PageTableEntry.AddressMask);
                    freed++;
                }
            }
        }

        return freed;
    }

    /// <summary>Changes the rights and key of a page. Caching and ownership stay as they are.</summary>
    public static PageTableResult Protect(ulong root, ulong virtualAddress, PageFlags rights, int protectionKey = 0)
    {
        ulong interrupts = Processor.DisableInterrupts();
        PageTableResult result = Tree(root).Protect(virtualAddress, rights, protectionKey);
        Processor.InvalidatePage((void*)virtualAddress);
        Processor.RestoreInterrupts(interrupts);
        return result;
    }

    /// <summary>Changes the rights and key of pages; ends at the first that is not mapped.</summary>
    public static PageTableResult ProtectRange(ulong root, ulong virtualAddress, nuint pageCount, PageFlags rights, int protectionKey = 0)
    {
        for (nuint page = 0; page < pageCount; page++)
        {
            PageTableResult result = Protect(root, virtualAddress + ((ulong)page << AddressLayout.PageShift), rights, protectionKey);
            if (result != PageTableResult.Done)
            {
                return result;
            }
        }

        return PageTableResult.Done;
    }

    /// <summary>Where an address leads.</summary>
    public static bool TryTranslate(ulong root, ulong virtualAddress, out PageTranslation translation)
    {
        ulong interrupts = Processor.DisableInterrupts();
        bool mapped = Tree(root).TryTranslate(virtualAddress, out translation);
        Processor.RestoreInterrupts(interrupts);
        return mapped;
    }

    /// <summary>Makes the top-level entry of a slot lead to a table, so that views can copy the entry before anything is mapped.</summary>
    public static bool TryMakeSlot(ulong root, int slot)
    {
        ulong interrupts = Processor.DisableInterrupts();
        bool made = Tree(root).TryMakeSlot(slot);
        Processor.RestoreInterrupts(interrupts);
        return made;
    }

    /// <summary>The top-level entry of a slot.</summary>
    public static ulong GetSlotEntry(ulong root, int slot) => Root(root)[slot];

    /// <summary>
    /// Sets the top-level entry of a slot, for a view that differs from the root in rights. The caller reloads CR3 if the view is in force.
    /// </summary>
    public static void SetSlotEntry(ulong root, int slot, ulong entry) => Root(root)[slot] = entry;

    /// <summary>
    /// Frees a slot: the frames that its pages own and its tables, and drops all translations that are not global. Returns how
    /// many frames came back. Copies of the top-level entry in other views must have been cleared before.
    /// </summary>
    public static nuint FreeSlot(ulong root, int slot)
    {
        ulong interrupts = Processor.DisableInterrupts();
        nuint freed = Tree(root).FreeSlot(slot);
        Processor.WriteCr3(Processor.ReadCr3());
        Processor.RestoreInterrupts(interrupts);
        return freed;
    }

    /// <summary>Counts what a root maps, for a check of the running kernel.</summary>
    public static PageTableAudit Audit(ulong root)
    {
        ulong interrupts = Processor.DisableInterrupts();
        PageTableAudit audit = Tree(root).Audit();
        Processor.RestoreInterrupts(interrupts);
        return audit;
    }

    /// <summary>Counts the tables of a root, with itself.</summary>
    public static nuint CountTables(ulong root)
    {
        ulong interrupts = Processor.DisableInterrupts();
        nuint count = Tree(root).CountTables();
        Processor.RestoreInterrupts(interrupts);
        return count;
    }

    /// <summary>The tree below a root, for code that already keeps interrupts off.</summary>
    internal static PageTableTree Tree(ulong root)
        => new((byte*)AddressLayout.DirectMapBase, ref FrameAllocator.Unsynchronized, root);

    private static ulong OffsetOf(nuint page) => (ulong)page << AddressLayout.PageShift;

    private static PageTranslation Describe(ulong entry)
        => new(entry & PageTableEntry.AddressMask, PageTableEntry.FlagsOf(entry), PageTableEntry.ProtectionKeyOf(entry));

    private static PageTableResult Map(
        ulong root, ulong virtualAddress, ReadOnlySpan<ulong> frames, PageFlags flags, int protectionKey, out int mappedCount)
    {
        ulong interrupts = Processor.DisableInterrupts();
        PageTableResult result = Tree(root).Map(virtualAddress, frames, flags, protectionKey, out mappedCount);
        Processor.RestoreInterrupts(interrupts);
        return result;
    }

    private static void Unmap(ulong root, ulong virtualAddress, Span<ulong> oldEntries)
    {
        ulong interrupts = Processor.DisableInterrupts();
        Tree(root).Unmap(virtualAddress, oldEntries);
        ulong all = 0;
        foreach (ulong entry in oldEntries)
        {
            all |= entry;
        }

        if (oldEntries.Length > FewPages && (all & PageTableEntry.Global) == 0)
        {
            Processor.WriteCr3(Processor.ReadCr3());
        }
        else
        {
            for (int index = 0; index < oldEntries.Length; index++)
            {
                Processor.InvalidatePage((void*)(virtualAddress + OffsetOf((nuint)index)));
            }
        }

        Processor.RestoreInterrupts(interrupts);
    }

    // SAFETY: a root is a frame, and the direct map covers it.
    private static ulong* Root(ulong root) => (ulong*)PhysicalMemory.ToPointer(root);
}
