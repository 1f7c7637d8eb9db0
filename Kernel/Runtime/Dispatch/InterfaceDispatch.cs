using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>
/// Calls through interfaces. Cells stay as the compiler made them; what was resolved is remembered in a table of pointers to
/// entries that never change, so that a reader sees an entry whole or not at all.
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

    private static Entry* s_nextEntry;
    private static int s_entriesLeft;

    // The path that the assembly takes when the table does not know the pair.
    [RuntimeExport("RhpResolveInterfaceMethodSlow")]
    private static nint Resolve(void* receiver, nint cell, Entry** table)
    {
        nint target = ResolveMethod(receiver, cell);
        Remember(table, cell, *(MethodTable**)receiver, target);
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

    private static void Remember(Entry** table, nint cell, MethodTable* type, nint target)
    {
        Platform.EnterCritical();
        Entry* entry = TakeEntry();
        if (entry != null)
        {
            entry->Cell = cell;
            entry->Type = type;
            entry->Target = target;
            ulong index = ((((ulong)cell >> 4) ^ (ulong)type) >> 3) & (TableEntries - 1);

            // The entry must be whole before the table shows it.
            System.Threading.Volatile.Write(ref *(nint*)(table + index), (nint)entry);
        }

        Platform.LeaveCritical();
    }

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

    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct Entry
    {
        public nint Cell;
        public MethodTable* Type;
        public nint Target;
    }
}
