using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// The control blocks of all domains, one for each slot. They are allocated once and reused, so that a pointer to one always
/// points to one. A slot rests before it is used again: a thread that was kept from running while a domain died and was replaced
/// finds a dead domain where it wanted to go, not the next one. Of those that have rested the lowest is taken, for which an
/// emulator has most likely translated the code of the image already: at a new address it begins anew, which takes as long as
/// four recoveries.
/// </summary>
public static unsafe class DomainTable
{
    private const int SlotCount = SlotLayout.SlotLimit - SlotLayout.FirstSlot;

    // Longer than any thread waits for its turn.
    private const long RestNanoseconds = 200_000_000;

    private static DomainControl* s_controls;
    private static ReturnTimes s_returns;
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

        int index = FindRested(Clock.Nanoseconds);
        if (index < 0)
        {
            return null;
        }

        DomainControl* control = s_controls + index;
        *control = default;
        control->Slot = (uint)(SlotLayout.FirstSlot + index);
        control->SlotBase = SlotLayout.Base(SlotLayout.FirstSlot + index);
        control->DomainId = ++s_lastDomainId;
        return control;
    }

    /// <summary>Makes a slot free again. Its memory and view are gone already.</summary>
    public static void Return(DomainControl* control)
    {
        control->State = DomainState.Dead;
        control->DomainId = 0;
        s_returns.Nanoseconds[control->Slot - SlotLayout.FirstSlot] = Clock.Nanoseconds;
    }

    // If none has rested for long enough, the one that has rested longest.
    private static int FindRested(long now)
    {
        int oldest = -1;
        for (int index = 0; index < SlotCount; index++)
        {
            if (s_controls[index].DomainId != 0)
            {
                continue;
            }

            long returned = s_returns.Nanoseconds[index];
            if (returned == 0 || now - returned >= RestNanoseconds)
            {
                return index;
            }

            if (oldest < 0 || returned < s_returns.Nanoseconds[oldest])
            {
                oldest = index;
            }
        }

        return oldest;
    }

    // When each slot was returned; zero for one that never was in use.
    private struct ReturnTimes
    {
        public fixed long Nanoseconds[SlotCount];
    }
}
