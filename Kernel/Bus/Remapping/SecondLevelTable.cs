using System;
using System.Threading;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>
/// What devices of one domain reach: a tree of tables that translates each page to itself. A page may be opened several times, and is
/// closed with the last; until then a device may do with it what any of them allowed. Tables that have become empty stay until
/// <see cref="Prune"/>, which is called when no unit remembers them. The caller sees to it that one thread at a time is in here.
/// </summary>
public sealed class SecondLevelTable
{
    private const int EntryCount = 512;
    private const int PageShift = 12;
    private const int BitsPerLevel = 9;
    private const DeviceAccess Everything = DeviceAccess.Read | DeviceAccess.Write;

    private readonly ITableMemory _memory;
    private readonly int _levels;

    private SecondLevelTable(ITableMemory memory, int levels, ulong root)
    {
        _memory = memory;
        _levels = levels;
        Root = root;
    }

    /// <summary>Physical address of the top-level table.</summary>
    public ulong Root { get; }

    /// <summary>How many pages the tables take.</summary>
    public int PageCount { get; private set; } = 1;

    /// <summary>Makes an empty one. Null if there is no memory.</summary>
    /// <param name="memory">Where tables come from.</param>
    /// <param name="levels">How many levels they have.</param>
    public static SecondLevelTable? TryMake(ITableMemory memory, int levels)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ulong root = memory.TryTake();
        return root == 0 ? null : new SecondLevelTable(memory, levels, root);
    }

    /// <summary>
    /// Opens pages. False, and nothing is opened, if there is no memory for tables, a page was opened too often, or lies out of reach.
    /// </summary>
    public bool TryOpen(ulong address, ulong pageCount, DeviceAccess access)
    {
        for (ulong opened = 0; opened < pageCount;)
        {
            int run = RunLength(address, opened, pageCount, out ulong start);
            int done = OpenRun(start, run, access);
            opened += (ulong)done;
            if (done != run)
            {
                Close(address, opened);
                return false;
            }
        }

        return true;
    }

    /// <summary>Closes pages that were opened. Units may still remember them.</summary>
    public void Close(ulong address, ulong pageCount)
    {
        for (ulong closed = 0; closed < pageCount;)
        {
            int run = RunLength(address, closed, pageCount, out ulong start);
            CloseRun(start, run);
            closed += (ulong)run;
        }
    }

    /// <summary>What a device may do with a page.</summary>
    public DeviceAccess Look(ulong address)
    {
        ulong table = FindLast(address);
        return table == 0 ? DeviceAccess.None : Read(table, IndexOf(address, 0)).Access;
    }

    /// <summary>
    /// Frees tables that lead nowhere: cuts them off, has units forget them, and gives them back only then. False, and nothing is freed, if
    /// it cannot be had that none remembers them.
    /// </summary>
    /// <param name="forget">Has all units forget the domain's translations, and says whether they have.</param>
    public bool Prune(Func<bool> forget)
    {
        ArgumentNullException.ThrowIfNull(forget);
        ulong first = 0;
        CutEmpty(Root, _levels - 1, ref first);
        bool isForgotten = first == 0 || forget();
        while (first != 0)
        {
            ulong page = first;
            first = _memory.Get(page)[0];
            if (isForgotten)
            {
                PageCount--;
                _memory.Return(page);
            }
        }

        return isForgotten;
    }

    /// <summary>Frees everything. No unit may remember any of it.</summary>
    public void Free() => Free(Root, _levels - 1);

    // As many of the pages that are left as have their entries in one table.
    private static int RunLength(ulong address, ulong done, ulong pageCount, out ulong start)
    {
        start = address + (done << PageShift);
        return (int)Math.Min(pageCount - done, (ulong)(EntryCount - IndexOf(start, 0)));
    }

    // Returns how many of them were opened.
    private int OpenRun(ulong address, int pageCount, DeviceAccess access)
    {
        ulong table = MakeLast(address);
        if (table == 0)
        {
            return 0;
        }

        int first = IndexOf(address, 0);
        Span<ulong> entries = _memory.Get(table).Slice(first, pageCount);
        int opened = 0;
        int made = 0;
        for (; opened < entries.Length; opened++)
        {
            SecondLevelEntry page = new(entries[opened]);
            if (page.Count == SecondLevelEntry.MaximumCount)
            {
                break;
            }

            made += page.IsPresent ? 0 : 1;
            ulong frame = address + ((ulong)opened << PageShift);
            Volatile.Write(ref entries[opened], SecondLevelEntry.Make(frame, page.Access | access, page.Count + 1).Value);
        }

        _memory.Publish(table, first, opened);
        Count(address, 0, made);
        return opened;
    }

    private void CloseRun(ulong address, int pageCount)
    {
        ulong table = FindLast(address);
        if (table == 0)
        {
            return;
        }

        int first = IndexOf(address, 0);
        int gone = 0;
        foreach (ref ulong entry in _memory.Get(table).Slice(first, pageCount))
        {
            SecondLevelEntry page = new(entry);
            if (page.IsPresent)
            {
                gone += page.Count > 1 ? 0 : 1;
                Volatile.Write(ref entry, page.Count > 1 ? page.WithCount(page.Count - 1).Value : 0);
            }
        }

        _memory.Publish(table, first, pageCount);
        Count(address, 0, -gone);
    }

    // The table of the last level that has the entry of a page; zero if there is none.
    private ulong FindLast(ulong address)
    {
        ulong table = IsInReach(address) ? Root : 0;
        for (int level = _levels - 1; level > 0 && table != 0; level--)
        {
            SecondLevelEntry entry = Read(table, IndexOf(address, level));
            table = entry.IsPresent ? entry.Address : 0;
        }

        return table;
    }

    // The same, made if need be; zero if there is no memory for it, or the page is out of reach.
    private ulong MakeLast(ulong address)
    {
        ulong table = IsInReach(address) ? Root : 0;
        for (int level = _levels - 1; level > 0 && table != 0; level--)
        {
            int index = IndexOf(address, level);
            SecondLevelEntry entry = Read(table, index);
            if (entry.IsPresent)
            {
                table = entry.Address;
                continue;
            }

            ulong next = _memory.TryTake();
            if (next != 0)
            {
                PageCount++;
                Write(table, index, SecondLevelEntry.Make(next, Everything, 0));
                Count(address, level, 1);
            }

            table = next;
        }

        return table;
    }

    // An entry of the level was made or is gone: the one that leads to its table counts it. Nobody leads to the root.
    private void Count(ulong address, int level, int change)
    {
        if (level == _levels - 1 || change == 0)
        {
            return;
        }

        ulong table = Root;
        for (int above = _levels - 1; above > level + 1; above--)
        {
            table = Read(table, IndexOf(address, above)).Address;
        }

        int index = IndexOf(address, level + 1);
        SecondLevelEntry entry = Read(table, index);
        Write(table, index, entry.WithCount((uint)((int)entry.Count + change)));
    }

    // Cut off, each holds the address of the next in its first word: it is not read by anybody until it is freed.
    private uint CutEmpty(ulong table, int level, ref ulong first)
    {
        uint present = 0;
        for (int index = 0; index < EntryCount; index++)
        {
            SecondLevelEntry entry = Read(table, index);
            if (!entry.IsPresent)
            {
                continue;
            }

            uint below = level == 1 ? entry.Count : CutEmpty(entry.Address, level - 1, ref first);
            if (below != 0)
            {
                Write(table, index, entry.WithCount(below));
                present++;
                continue;
            }

            Write(table, index, default);
            _memory.Get(entry.Address)[0] = first;
            first = entry.Address;
        }

        return present;
    }

    private void Free(ulong table, int level)
    {
        Span<ulong> entries = level > 0 ? _memory.Get(table) : [];
        foreach (ulong value in entries)
        {
            SecondLevelEntry entry = new(value);
            if (entry.IsPresent)
            {
                Free(entry.Address, level - 1);
            }
        }

        _memory.Return(table);
    }

    private bool IsInReach(ulong address) => address >> (PageShift + (BitsPerLevel * _levels)) == 0;

    private static int IndexOf(ulong address, int level)
        => (int)(address >> (PageShift + (BitsPerLevel * level))) & (EntryCount - 1);

    private SecondLevelEntry Read(ulong table, int index) => new(_memory.Get(table)[index]);

    // In one store: a unit may be reading the entry.
    private void Write(ulong table, int index, SecondLevelEntry entry)
    {
        Volatile.Write(ref _memory.Get(table)[index], entry.Value);
        _memory.Publish(table, index, 1);
    }
}
