using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// The control blocks of all domains, one for each slot. They are allocated once and reused, so that a pointer to one always
/// points to one. Slots are used in turn: a thread that was kept from running while a domain died and was replaced finds a dead
/// domain where it wanted to go, not the next one.
/// </summary>
public static unsafe class DomainTable
{
    private const int SlotCount = SlotLayout.SlotLimit - SlotLayout.FirstSlot;

    private static DomainControl* s_controls;
    private static int s_next;
    private static uint s_lastDomainId;

    /// <summary>Takes a free slot and its control block, with a new identity. Null if all are in use or there is no memory.</summary>
    public static DomainControl* Take()
    {
        if (s_controls == null)
        {
            s_controls = (DomainControl*)FrameAllocator.AllocateZeroedPages(
                AddressLayout.PagesFor((ulong)sizeof(DomainControl) * SlotCount));
            if (s_controls == null)
            {
                return null;
            }
        }

        for (int tried = 0; tried < SlotCount; tried++)
        {
            int index = s_next;
            s_next = (index + 1) % SlotCount;
            DomainControl* control = s_controls + index;
            if (control->DomainId == 0)
            {
                *control = default;
                control->Slot = (uint)(SlotLayout.FirstSlot + index);
                control->SlotBase = SlotLayout.Base(SlotLayout.FirstSlot + index);
                control->DomainId = ++s_lastDomainId;
                return control;
            }
        }

        return null;
    }

    /// <summary>Makes a slot free again. Its memory and view are gone already.</summary>
    public static void Return(DomainControl* control)
    {
        control->State = DomainState.Dead;
        control->DomainId = 0;
    }
}
