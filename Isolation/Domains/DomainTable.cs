using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// The control blocks of all domains, one for each slot. They are allocated once and reused, so that a pointer to one always
/// points to one.
/// </summary>
public static unsafe class DomainTable
{
    private static Controls s_controls;
    private static uint s_lastDomainId;

    /// <summary>Takes a free slot and its control block, with a new identity. Null if all are in use or there is no memory.</summary>
    public static DomainControl* Take()
    {
        for (int slot = SlotLayout.FirstSlot; slot < SlotLayout.SlotLimit; slot++)
        {
            DomainControl* control = (DomainControl*)s_controls.Addresses[slot];
            if (control == null)
            {
                control = (DomainControl*)FrameAllocator.AllocateZeroedPage();
                if (control == null)
                {
                    return null;
                }

                s_controls.Addresses[slot] = (ulong)control;
            }

            if (control->DomainId == 0)
            {
                *control = default;
                control->Slot = (uint)slot;
                control->SlotBase = SlotLayout.Base(slot);
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

    private struct Controls
    {
        public fixed ulong Addresses[SlotLayout.SlotLimit];
    }
}
