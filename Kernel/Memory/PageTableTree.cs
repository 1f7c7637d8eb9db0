using System;

namespace NooksOS.Kernel.Memory;

/// <summary>
/// Four-level page tables in physical memory that is seen through a pointer. Pure: it neither invalidates translations nor keeps
/// interrupts off. Tables are made on the way and belong to the tree; <see cref="FreeSlot"/> gives them back.
/// </summary>
internal readonly unsafe ref struct PageTableTree
{
    private const int EntryCount = 512;

    private readonly byte* _memory;
    private readonly ref BuddyAllocator _frames;
    private readonly ulong _root;

    /// <summary>The tree with this top-level table.</summary>
    /// <param name="memory">Where the physical address 0 is seen.</param>
    /// <param name="frames">Where tables come from.</param>
    /// <param name="root">Physical address of the top-level table.</param>
    public PageTableTree(byte* memory, ref BuddyAllocator frames, ulong root)
    {
        _memory = memory;
        _frames = ref frames;
        _root = root;
    }

    /// <summary>Takes a zeroed frame for a table. 0 if there is none.</summary>
    public ulong AllocateTable()
    {
        uint frame = _frames.Allocate(1);
        if (frame == FrameRecord.None)
        {
            return 0;
        }

        ulong address = (ulong)frame << AddressLayout.PageShift;
        new Span<ulong>(Table(address), EntryCount).Clear();
        return address;
    }

    /// <summary>Maps one page.</summary>
    public PageTableResult Map(ulong virtualAddress, ulong physicalAddress, PageFlags flags, int protectionKey)
        => Map(virtualAddress, [physicalAddress], flags, protectionKey, out _);

    /// <summary>Maps pages that follow each other to frames, one each. Ends at the first that cannot be mapped.</summary>
    /// <param name="virtualAddress">Of the first page.</param>
    /// <param name="frames">Physical addresses.</param>
    /// <param name="flags">Rights and caching of all of them.</param>
    /// <param name="protectionKey">Key of all of them.</param>
    /// <param name="mappedCount">How many are mapped now.</param>
    public PageTableResult Map(
        ulong virtualAddress, ReadOnlySpan<ulong> frames, PageFlags flags, int protectionKey, out int mappedCount)
    {
        mappedCount = 0;
        if (!IsPageAddress(virtualAddress) || !PageTableEntry.AreValid(flags, protectionKey))
        {
            return PageTableResult.InvalidArgument;
        }

        ulong leaf = PageTableEntry.MakeLeaf(0, flags, protectionKey);
        ulong* entry = null;
        for (; mappedCount < frames.Length; mappedCount++, entry++, virtualAddress += AddressLayout.PageBytes)
        {
            ulong frame = frames[mappedCount];
            if ((frame & ~PageTableEntry.AddressMask) != 0 || !PageTableEntry.IsCanonical(virtualAddress))
            {
                return PageTableResult.InvalidArgument;
            }

            // The entries of one table follow each other: the way to it is the same.
            if (mappedCount == 0 || PageTableEntry.IndexOf(virtualAddress, 0) == 0)
            {
                entry = FindOrMakeLeaf(virtualAddress, 0, out int level);
                if (entry == null || level != 0)
                {
                    return entry == null ? PageTableResult.OutOfMemory : PageTableResult.AlreadyMapped;
                }
            }

            if ((*entry & PageTableEntry.Present) != 0)
            {
                return PageTableResult.AlreadyMapped;
            }

            *entry = leaf | frame;
        }

        return PageTableResult.Done;
    }

    /// <summary>Maps a page of 2 MiB. Only for the kernel's own slots, which are never freed.</summary>
    public PageTableResult MapLarge(ulong virtualAddress, ulong physicalAddress, PageFlags flags)
    {
        const ulong OffsetMask = AddressLayout.LargePageBytes - 1;
        if (((virtualAddress | physicalAddress) & OffsetMask) != 0 || !PageTableEntry.AreValid(flags, 0))
        {
            return PageTableResult.InvalidArgument;
        }

        ulong* entry = FindOrMakeLeaf(virtualAddress, 1, out _);
        if (entry == null)
        {
            return PageTableResult.OutOfMemory;
        }

        if ((*entry & PageTableEntry.Present) != 0)
        {
            return PageTableResult.AlreadyMapped;
        }

        *entry = PageTableEntry.MakeLeaf(physicalAddress, flags, 0) | PageTableEntry.LargePage;
        return PageTableResult.Done;
    }

    /// <summary>Takes the mappings of pages that follow each other away; the frames are not freed.</summary>
    /// <param name="virtualAddress">Of the first page.</param>
    /// <param name="oldEntries">Receives what the entries were, one for each page; 0 where nothing was mapped.</param>
    public void Unmap(ulong virtualAddress, Span<ulong> oldEntries)
    {
        oldEntries.Clear();
        ulong* entry = null;
        for (int index = 0; index < oldEntries.Length && IsPageAddress(virtualAddress); index++, virtualAddress += AddressLayout.PageBytes)
        {
            if (entry == null || PageTableEntry.IndexOf(virtualAddress, 0) == 0)
            {
                entry = FindLeaf(virtualAddress, out int level);
                entry = level == 0 ? entry : null;
            }

            if (entry != null)
            {
                oldEntries[index] = (*entry & PageTableEntry.Present) != 0 ? *entry : 0;
                *entry++ = 0;
            }
        }
    }

    /// <summary>Changes the rights of a page; ownership of the frame and caching stay as they are.</summary>
    public PageTableResult Protect(ulong virtualAddress, PageFlags rights, int protectionKey)
    {
        const PageFlags Kept = PageFlags.NotOwned | PageFlags.Uncached | PageFlags.WriteCombining;
        if (!IsPageAddress(virtualAddress) || !PageTableEntry.AreValid(rights, protectionKey))
        {
            return PageTableResult.InvalidArgument;
        }

        ulong* entry = FindLeaf(virtualAddress, out int level);
        if (entry == null || level != 0)
        {
            return PageTableResult.NotMapped;
        }

        PageFlags flags = (rights & ~Kept) | (PageTableEntry.FlagsOf(*entry) & Kept);
        *entry = PageTableEntry.MakeLeaf(*entry & PageTableEntry.AddressMask, flags, protectionKey);
        return PageTableResult.Done;
    }

    /// <summary>Where an address leads, by the tables alone.</summary>
    public bool TryTranslate(ulong virtualAddress, out PageTranslation translation)
    {
        translation = default;
        if (!PageTableEntry.IsCanonical(virtualAddress))
        {
            return false;
        }

        ulong* entry = FindLeaf(virtualAddress, out int level);
        if (entry == null)
        {
            return false;
        }

        ulong offsetMask = (1UL << (AddressLayout.PageShift + (9 * level))) - 1;
        ulong page = *entry & PageTableEntry.AddressMask & ~offsetMask;
        translation = new PageTranslation(
            page | (virtualAddress & offsetMask), PageTableEntry.FlagsOf(*entry), PageTableEntry.ProtectionKeyOf(*entry));
        return true;
    }

    /// <summary>Makes the top-level entry of a slot lead to a table.</summary>
    public bool TryMakeSlot(int slot)
    {
        ulong* entry = Table(_root) + slot;
        return (*entry & PageTableEntry.Present) != 0 || TryMakeTable(entry, slot);
    }

    /// <summary>Frees a slot: every frame that its pages own, and its tables. Returns how many frames came back.</summary>
    public nuint FreeSlot(int slot)
    {
        ulong* entry = Table(_root) + slot;
        nuint freed = 0;
        if ((*entry & PageTableEntry.Present) != 0)
        {
            ulong table = *entry & PageTableEntry.AddressMask;
            *entry = 0;
            freed = FreeTable(table, PageTableEntry.TopLevel - 1);
        }

        return freed;
    }

    /// <summary>Counts what the tree maps.</summary>
    public PageTableAudit Audit()
    {
        PageTableAudit audit = default;
        AuditTable(_root, PageTableEntry.TopLevel, false, ref audit);
        return audit;
    }

    /// <summary>Counts its tables, with the top-level one.</summary>
    public nuint CountTables() => 1 + CountTablesBelow(_root, PageTableEntry.TopLevel);

    private nuint CountTablesBelow(ulong address, int level)
    {
        nuint count = 0;
        ulong* table = Table(address);
        for (int index = 0; index < EntryCount; index++)
        {
            ulong entry = table[index];
            if ((entry & PageTableEntry.Present) != 0 && (level > 1 || (entry & PageTableEntry.LargePage) == 0))
            {
                // What the lowest tables lead to are pages.
                count += 1 + (level > 1 ? CountTablesBelow(entry & PageTableEntry.AddressMask, level - 1) : 0);
            }
        }

        return count;
    }

    private void AuditTable(ulong address, int level, bool isNullSlot, ref PageTableAudit audit)
    {
        ulong* table = Table(address);
        for (int index = 0; index < EntryCount; index++)
        {
            ulong entry = table[index];
            if ((entry & PageTableEntry.Present) == 0)
            {
                continue;
            }

            bool inNullSlot = isNullSlot || (level == PageTableEntry.TopLevel && index < AddressLayout.FirstDomainSlot);
            if (level > 0 && (level > 1 || (entry & PageTableEntry.LargePage) == 0))
            {
                audit.TableCount++;
                AuditTable(entry & PageTableEntry.AddressMask, level - 1, inNullSlot, ref audit);
                continue;
            }

            PageFlags flags = PageTableEntry.FlagsOf(entry);
            audit.LeafCount++;
            audit.ExecutableCount += (flags & PageFlags.Executable) != 0 ? 1u : 0;
            audit.WritableExecutableCount += PageTableEntry.AreValid(flags & (PageFlags.Writable | PageFlags.Executable), 0) ? 0 : 1u;
            audit.NullSlotCount += inNullSlot ? 1u : 0;
        }
    }

    private nuint FreeTable(ulong address, int level)
    {
        nuint freed = 0;
        ulong* table = Table(address);
        for (int index = 0; index < EntryCount; index++)
        {
            // Most of a domain's tables are nearly empty.
            if (index % 8 == 0
                && (table[index] | table[index + 1] | table[index + 2] | table[index + 3]
                    | table[index + 4] | table[index + 5] | table[index + 6] | table[index + 7]) == 0)
            {
                index += 7;
                continue;
            }

            ulong entry = table[index];
            if ((entry & PageTableEntry.Present) == 0)
            {
                continue;
            }

            if (level > 0)
            {
                freed += FreeTable(entry & PageTableEntry.AddressMask, level - 1);
            }
            else if ((entry & PageTableEntry.NotOwned) == 0)
            {
                freed += FreeFrame(entry & PageTableEntry.AddressMask);
            }
        }

        return freed + FreeFrame(address);
    }

    private nuint FreeFrame(ulong address) => _frames.TryFree((uint)(address >> AddressLayout.PageShift), 1) ? 1u : 0;

    private ulong* FindLeaf(ulong virtualAddress, out int level)
    {
        ulong table = _root;
        for (level = PageTableEntry.TopLevel; ; level--)
        {
            ulong* entry = Table(table) + PageTableEntry.IndexOf(virtualAddress, level);
            if ((*entry & PageTableEntry.Present) == 0)
            {
                return null;
            }

            if (level == 0 || (level == 1 && (*entry & PageTableEntry.LargePage) != 0))
            {
                return entry;
            }

            table = *entry & PageTableEntry.AddressMask;
        }
    }

    // The entry for the address in the table of a level, whether it is present or not. A large page on the way counts as present.
    private ulong* FindOrMakeLeaf(ulong virtualAddress, int leafLevel, out int level)
    {
        ulong table = _root;
        for (level = PageTableEntry.TopLevel; ; level--)
        {
            ulong* entry = Table(table) + PageTableEntry.IndexOf(virtualAddress, level);
            bool present = (*entry & PageTableEntry.Present) != 0;
            if (level == leafLevel || (present && level == 1 && (*entry & PageTableEntry.LargePage) != 0))
            {
                return entry;
            }

            int slot = level == PageTableEntry.TopLevel ? AddressLayout.SlotOf(virtualAddress) : -1;
            if (!present && !TryMakeTable(entry, slot))
            {
                return null;
            }

            table = *entry & PageTableEntry.AddressMask;
        }
    }

    // The top-level entry of a domain carries no user bit: a view in which the domain runs in ring 3 sets it in its own copy.
    private bool TryMakeTable(ulong* entry, int slot)
    {
        ulong table = AllocateTable();
        if (table == 0)
        {
            return false;
        }

        *entry = table | (slot < 0 ? PageTableEntry.TableRights : PageTableEntry.TableRights & ~PageTableEntry.User);
        return true;
    }

    private static bool IsPageAddress(ulong virtualAddress)
        => (virtualAddress & (AddressLayout.PageBytes - 1)) == 0 && PageTableEntry.IsCanonical(virtualAddress);

    // SAFETY: entries hold only addresses of frames that the tree has taken from the allocator, and the memory pointer covers them all.
    private ulong* Table(ulong physicalAddress) => (ulong*)(_memory + physicalAddress);
}
