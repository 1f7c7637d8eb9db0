using System.Runtime;
using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>
/// Handles: slots outside the heap that hold a reference strongly, weakly, or as a dependent pair. CoreLib reads the first
/// word of a slot itself. A free slot is linked through its second word.
/// </summary>
internal static unsafe class Handles
{
    private const nuint PageBytes = 4096;
    private const int SlotsPerPage = (int)(PageBytes / 32) - 1;

    private static SlotPage* s_pages;
    private static Slot* s_free;

    private enum HandleKind : uint
    {
        Weak = 0,
        WeakTrackResurrection = 1,
        Normal = 2,
        Pinned = 3,
        Dependent = 6,
        Free = uint.MaxValue,
    }

    /// <summary>Marks what strong handles hold.</summary>
    public static void MarkStrong()
    {
        for (SlotPage* page = s_pages; page != null; page = page->Next)
        {
            for (int index = 0; index < SlotsPerPage; index++)
            {
                Slot* slot = SlotPage.At(page, index);
                if (slot->Kind is HandleKind.Normal or HandleKind.Pinned && slot->Target != null)
                {
                    Collector.Mark(slot->Target);
                }
            }
        }
    }

    /// <summary>Marks the second object of each pair whose first is marked, until nothing changes.</summary>
    public static void MarkDependents()
    {
        bool changed;
        do
        {
            changed = false;
            for (SlotPage* page = s_pages; page != null; page = page->Next)
            {
                for (int index = 0; index < SlotsPerPage; index++)
                {
                    Slot* slot = SlotPage.At(page, index);
                    if (slot->Kind == HandleKind.Dependent && slot->Target != null && slot->Secondary != null
                        && Collector.IsMarked(slot->Target) && !Collector.IsMarked(slot->Secondary))
                    {
                        Collector.Mark(slot->Secondary);
                        changed = true;
                    }
                }
            }
        }
        while (changed);
    }

    /// <summary>
    /// Clears weak handles to objects that are not marked: before finalization those that do not track resurrection, after it
    /// the others and the pairs.
    /// </summary>
    public static void ClearWeak(bool trackResurrection)
    {
        for (SlotPage* page = s_pages; page != null; page = page->Next)
        {
            for (int index = 0; index < SlotsPerPage; index++)
            {
                Slot* slot = SlotPage.At(page, index);
                bool concerned = trackResurrection
                    ? slot->Kind is HandleKind.WeakTrackResurrection or HandleKind.Dependent
                    : slot->Kind == HandleKind.Weak;
                if (concerned && slot->Target != null && !Collector.IsMarked(slot->Target))
                {
                    slot->Target = null;
                    slot->Secondary = null;
                }
            }
        }
    }

    [RuntimeExport("RhpHandleAlloc")]
    private static nint Allocate(void* target, HandleKind kind)
    {
        Slot* slot = Take();
        if (slot != null)
        {
            slot->Kind = kind;
            slot->Target = target;
        }

        return (nint)slot;
    }

    [RuntimeExport("RhpHandleAllocDependent")]
    private static nint AllocateDependent(void* primary, void* secondary)
    {
        Slot* slot = Take();
        if (slot != null)
        {
            slot->Kind = HandleKind.Dependent;
            slot->Secondary = secondary;
            slot->Target = primary;
        }

        return (nint)slot;
    }

    [RuntimeExport("RhHandleFree")]
    private static void Free(Slot* slot)
    {
        Platform.EnterCritical();
        slot->Target = null;
        slot->Kind = HandleKind.Free;
        slot->Secondary = s_free;
        s_free = slot;
        Platform.LeaveCritical();
    }

    [RuntimeExport("RhHandleSet")]
    private static nint Set(Slot* slot, void* target)
    {
        slot->Target = target;
        return (nint)slot;
    }

    [RuntimeExport("RhHandleGet")]
    private static void* Get(Slot* slot) => slot->Target;

    [RuntimeExport("RhHandleGetDependent")]
    private static void* GetDependent(Slot* slot, void** secondary)
    {
        void* primary = slot->Target;
        *secondary = primary == null ? null : slot->Secondary;
        return primary;
    }

    [RuntimeExport("RhHandleSetDependentSecondary")]
    private static void SetDependentSecondary(Slot* slot, void* secondary) => slot->Secondary = secondary;

    private static Slot* Take()
    {
        Platform.EnterCritical();
        if (s_free == null)
        {
            AddPage();
        }

        Slot* slot = s_free;
        if (slot != null)
        {
            s_free = (Slot*)slot->Secondary;
            slot->Secondary = null;
        }

        Platform.LeaveCritical();
        return slot;
    }

    private static void AddPage()
    {
        SlotPage* page = (SlotPage*)Platform.AllocatePages(1);
        if (page == null)
        {
            return;
        }

        page->Next = s_pages;
        s_pages = page;
        for (int index = SlotsPerPage - 1; index >= 0; index--)
        {
            Slot* slot = SlotPage.At(page, index);
            slot->Kind = HandleKind.Free;
            slot->Secondary = s_free;
            s_free = slot;
        }
    }

    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct Slot
    {
        public void* Target;
        public void* Secondary;
        public HandleKind Kind;
    }

    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct SlotPage
    {
        public SlotPage* Next;

        public static Slot* At(SlotPage* page, int index) => (Slot*)(page + 1) + index;
    }
}
