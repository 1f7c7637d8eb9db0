using System;
using System.Threading;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// The control blocks and the slots of all domains. Blocks are allocated once and reused in turn, each as late as can be: a pointer to
/// one always points to one, and a thread that was kept from running while a domain died and was replaced finds a dead domain where
/// it wanted to go, not the next one. Slots are reused at once, the lowest first, so that an instance lies where the one before it lay:
/// an emulator has translated the code of the image for that address, and at another would begin anew.
/// </summary>
public static unsafe class DomainTable
{
    private const int SlotCount = SlotLayout.SlotLimit - SlotLayout.FirstSlot;

    // A thread must sleep through as many recoveries as there are more blocks than slots before a block is another domain's.
    private const int BlockCount = 4 * SlotLayout.SlotLimit;

    private static readonly Lock s_sync = new();
    private static readonly bool[] s_isSlotTaken = new bool[SlotCount];

    private static DomainControl* s_controls;
    private static int s_nextBlock;
    private static uint s_lastDomainId;

    /// <summary>Takes a free slot and a control block, with a new identity. Null if all are in use or there is no memory.</summary>
    public static DomainControl* Take()
    {
        lock (s_sync)
        {
            if (s_controls == null)
            {
                s_controls = (DomainControl*)FrameAllocator.AllocateZeroedPages(
                    AddressLayout.PagesFor((ulong)sizeof(DomainControl) * BlockCount));
            }

            int slot = Array.IndexOf(s_isSlotTaken, false);
            if (s_controls == null || slot < 0)
            {
                return null;
            }

            s_isSlotTaken[slot] = true;
            DomainControl* control = NextFreeBlock();
            *control = default;
            control->Slot = (uint)(SlotLayout.FirstSlot + slot);
            control->SlotBase = SlotLayout.Base(SlotLayout.FirstSlot + slot);
            control->DomainId = ++s_lastDomainId;
            return control;
        }
    }

    /// <summary>Makes a slot and its control block free again. Its memory and view are gone already.</summary>
    public static void Return(DomainControl* control)
    {
        lock (s_sync)
        {
            control->State = DomainState.Dead;
            control->DomainId = 0;
            s_isSlotTaken[control->Slot - SlotLayout.FirstSlot] = false;
        }
    }

    // There is one: each slot that is taken has a block, and there are more blocks.
    private static DomainControl* NextFreeBlock()
    {
        DomainControl* control;
        do
        {
            control = s_controls + s_nextBlock;
            s_nextBlock = (s_nextBlock + 1) % BlockCount;
        }
        while (control->DomainId != 0);

        return control;
    }
}
