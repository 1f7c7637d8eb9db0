using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>
/// Calls through interfaces. Cells stay as the compiler made them; what was resolved is remembered in entries that never
/// change and never go away, one for each pair of cell and type, so that the assembly needs no lock to read one. A table of the
/// entries used last is all that it looks at.
/// </summary>
internal static unsafe class InterfaceDispatch
{
    private const int TableEntries = 1024;
    private const nuint PageBytes = 4096;
    private const ulong CachePointerMask = 3;
    private const ulong CacheIsMethodTable = 1;
    private const ulong CacheIsRelative = 3;
    private const ulong CacheIsRelativeIndirect = 2;
    private const int SlotTypeShift = 16;

    private static Chains s_chains;
    private static Entry* s_nextEntry;
    private static int s_entriesLeft;

    // The path that the assembly takes when the table does not show the pair.
    [RuntimeExport("rt_resolve_interface_call")]
    private static nint Resolve(void* receiver, nint cell, Entry** table)
    {
        MethodTable* type = *(MethodTable**)receiver;
        ulong index = ((((ulong)cell >> 1) ^ (ulong)type) >> 3) & (TableEntries - 1);
        Entry* entry = Find(index, cell, type);
        if (entry != null)
        {
            Show(table + index, entry);
            return entry->Target;
        }

        nint target = ResolveMethod(receiver, cell);
        Remember(table + index, index, cell, type, target);
        return target;
    }

    [RuntimeExport("RhpGetDispatchCellInfo")]
    private static void GetCellInfo(Cell* cell, CellInfo* info)
    {
        *info = default;

        // The run of cells of one slot ends with a cell without a stub, which holds the slot.
        Cell* last = cell;
        while (last->Stub != 0)
        {
            last++;
        }

        ulong slotAndType = last->Cache;
        info->CellType = (uint)(slotAndType >> SlotTypeShift);
        info->InterfaceSlot = (ushort)slotAndType;
        ulong cache = cell->Cache;
        switch (cache & CachePointerMask)
        {
            case CacheIsMethodTable:
                info->InterfaceType = (MethodTable*)(cache & ~CachePointerMask);
                break;
            case CacheIsRelative:
                info->InterfaceType = (MethodTable*)Relative(cell, cache);
                break;
            case CacheIsRelativeIndirect:
                info->InterfaceType = *(MethodTable**)Relative(cell, cache);
                break;
            default:
                break;
        }
    }

    [RuntimeExport("RhpSearchDispatchCellCache")]
    private static nint SearchCache(nint cell, MethodTable* type) => 0;

    [RuntimeExport("RhpUpdateDispatchCellCache")]
    private static nint UpdateCache(nint cell, nint target, MethodTable* type, CellInfo* info) => target;

    [RuntimeExport("RhNewInterfaceDispatchCell")]
    private static Cell* NewCell(MethodTable* interfaceType, int slot)
    {
        Cell* cell = (Cell*)NativeMemory.Allocate((nuint)(2 * sizeof(Cell)));
        if (cell != null)
        {
            cell[0].Stub = GetDispatchStub();
            cell[0].Cache = (ulong)interfaceType | CacheIsMethodTable;
            cell[1].Stub = 0;
            cell[1].Cache = (ulong)slot;
        }

        return cell;
    }

    private static byte* Relative(Cell* cell, ulong cache)
        => (byte*)&cell->Cache + (int)(cache & ~CachePointerMask & uint.MaxValue);

    private static Entry* Find(ulong index, nint cell, MethodTable* type)
    {
        Entry* entry = (Entry*)System.Threading.Volatile.Read(ref s_chains.Heads[index]);
        while (entry != null && (entry->Cell != cell || entry->Type != type))
        {
            entry = entry->Next;
        }

        return entry;
    }

    private static void Remember(Entry** place, ulong index, nint cell, MethodTable* type, nint target)
    {
        Platform.EnterCritical();

        // Another thread may have resolved the same call meanwhile.
        Entry* entry = Find(index, cell, type);
        if (entry == null)
        {
            entry = TakeEntry();
            if (entry != null)
            {
                entry->Cell = cell;
                entry->Type = type;
                entry->Target = target;
                entry->Next = (Entry*)s_chains.Heads[index];

                // The entry must be whole before a chain or the table shows it.
                System.Threading.Volatile.Write(ref s_chains.Heads[index], (ulong)entry);
            }
        }

        if (entry != null)
        {
            Show(place, entry);
        }

        Platform.LeaveCritical();
    }

    private static void Show(Entry** place, Entry* entry) => System.Threading.Volatile.Write(ref *(nint*)place, (nint)entry);

    private static Entry* TakeEntry()
    {
        if (s_entriesLeft == 0)
        {
            s_nextEntry = (Entry*)Platform.AllocatePages(1);
            if (s_nextEntry == null)
            {
                return null;
            }

            s_entriesLeft = (int)(PageBytes / (nuint)sizeof(Entry));
        }

        s_entriesLeft--;
        return s_nextEntry++;
    }

    [RuntimeImport("*", "RhpResolveInterfaceMethod")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint ResolveMethod(void* receiver, nint cell);

    [RuntimeImport("*", "rt_get_dispatch_stub")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint GetDispatchStub();

    // InterfaceDispatchCell of .NET 9.
    [StructLayout(LayoutKind.Sequential)]
    private struct Cell
    {
        public nint Stub;
        public ulong Cache;
    }

    // DispatchCellInfo of .NET 9.
    [StructLayout(LayoutKind.Sequential)]
    private struct CellInfo
    {
        public uint CellType;
        public MethodTable* InterfaceType;
        public ushort InterfaceSlot;
        public byte HasCache;
        public uint MetadataToken;
        public uint VTableOffset;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public nint Cell;
        public MethodTable* Type;
        public nint Target;
        public Entry* Next;
    }

    private struct Chains
    {
        public fixed ulong Heads[TableEntries];
    }
}
