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
        for (ulong opened = 0; opened < pageCount; opened++)
        {
            if (!TryOpenPage(address + (opened << PageShift), access))
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
        for (ulong closed = 0; closed < pageCount; closed++)
        {
            ClosePage(address + (closed << PageShift));
        }
    }

    /// <summary>What a device may do with a page.</summary>
    public DeviceAccess Look(ulong address)
    {
        ulong table = Root;
        for (int level = _levels - 1; level > 0 && table != 0; level--)
        {
            SecondLevelEntry entry = Read(table, IndexOf(address, level));
            table = entry.IsPresent ? entry.Address : 0;
        }

        return table == 0 || !IsInReach(address) ? DeviceAccess.None : Read(table, IndexOf(address, 0)).Access;
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

    private bool TryOpenPage(ulong address, DeviceAccess access)
    {
        if (!IsInReach(address))
        {
            return false;
        }

        ulong table = Root;
        for (int level = _levels - 1; level > 0; level--)
        {
            int index = IndexOf(address, level);
            SecondLevelEntry entry = Read(table, index);
            if (!entry.IsPresent)
            {
                ulong next = _memory.TryTake();
                if (next == 0)
                {
                    return false;
                }

                PageCount++;
                entry = SecondLevelEntry.Make(next, Everything, 0);
                Write(table, index, entry);
                Count(address, level, 1);
            }

            table = entry.Address;
        }

        int last = IndexOf(address, 0);
        SecondLevelEntry page = Read(table, last);
        if (page.Count == SecondLevelEntry.MaximumCount)
        {
            return false;
        }

        Write(table, last, SecondLevelEntry.Make(address, page.Access | access, page.Count + 1));
        if (!page.IsPresent)
        {
            Count(address, 0, 1);
        }

        return true;
    }

    private void ClosePage(ulong address)
    {
        if (Look(address) == DeviceAccess.None)
        {
            return;
        }

        ulong table = Root;
        for (int level = _levels - 1; level > 0; level--)
        {
            table = Read(table, IndexOf(address, level)).Address;
        }

        int index = IndexOf(address, 0);
        SecondLevelEntry page = Read(table, index);
        if (page.Count > 1)
        {
            Write(table, index, page.WithCount(page.Count - 1));
            return;
        }

        Write(table, index, default);
        Count(address, 0, -1);
    }

    // An entry of the level was made or is gone: the one that leads to its table counts it. Nobody leads to the root.
    private void Count(ulong address, int level, int change)
    {
        if (level == _levels - 1)
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
        for (int index = 0; level > 0 && index < EntryCount; index++)
        {
            SecondLevelEntry entry = Read(table, index);
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
