using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation.Injection;

/// <summary>
/// Changes the code of one running instance. Its code is shared with those that come after it, so a page is copied before it is
/// changed; no page is ever writable and executable at one address.
/// </summary>
public static unsafe class InstanceCode
{
    /// <summary>
    /// Puts faults into an instance, all at one moment, to be reported when they are first reached. Returns how many there was memory and
    /// room for; none if the instance is dead.
    /// </summary>
    /// <param name="instance">A running instance of the image that the faults were planned for.</param>
    /// <param name="faults">The faults.</param>
    public static int Inject(Domain instance, IReadOnlyList<TextFault> faults)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(faults);
        int done = 0;

        // Not one after the other: the first could end the instance before the second is there.
        ulong interrupts = Processor.DisableInterrupts();
        while (done < faults.Count && instance.IsAlive && TryInject(instance, faults[done]))
        {
            done++;
        }

        Processor.RestoreInterrupts(interrupts);
        return done;
    }

    private static bool TryInject(Domain instance, TextFault fault)
    {
        ulong address = instance.Control->SlotBase + SlotLayout.Image + fault.ImageOffset;
        ulong last = address + (ulong)fault.Changed.Length - 1;
        bool isReady = TryMakePrivate(instance.Control, AddressLayout.PageFloor(address))
            && TryMakePrivate(instance.Control, AddressLayout.PageFloor(last))
            && ArmedFaults.TryAdd(instance.DomainId, address, fault.Changed[0]);
        if (!isReady)
        {
            return false;
        }

        for (int index = 1; index < fault.Changed.Length; index++)
        {
            TryWriteByte(address + (ulong)index, fault.Changed[index]);
        }

        return TryWriteByte(address, ArmedFaults.Breakpoint);
    }

    /// <summary>Writes a byte of a page that <see cref="TryMakePrivate"/> has copied, through the direct map.</summary>
    internal static bool TryWriteByte(ulong address, byte value)
    {
        if (!PageTables.TryTranslate(ProcessorBlock.Current->KernelView, address, out PageTranslation translation)
            || (translation.Flags & PageFlags.NotOwned) != 0)
        {
            return false;
        }

        // SAFETY:
        // 1. The frame was copied for this instance, and is freed only together with its slot.
        // 2. Interrupts are off, so the slot cannot go between the look and the write.
        *(byte*)PhysicalMemory.ToPointer(translation.PhysicalAddress) = value;
        return true;
    }

    // Threads of the instance do not run meanwhile: interrupts are off, and there is one processor.
    private static bool TryMakePrivate(DomainControl* control, ulong page)
    {
        ulong view = ProcessorBlock.Current->KernelView;
        if (!PageTables.TryTranslate(view, page, out PageTranslation shared))
        {
            return false;
        }

        if ((shared.Flags & PageFlags.NotOwned) == 0)
        {
            return true;
        }

        ulong frame = FrameAllocator.Allocate();
        if (frame == 0)
        {
            return false;
        }

        // SAFETY: both are whole frames, and the direct map covers them.
        Unsafe.CopyBlock(PhysicalMemory.ToPointer(frame), PhysicalMemory.ToPointer(shared.PhysicalAddress), AddressLayout.PageBytes);
        PageTables.Unmap(view, page, out _);
        if (DomainPages.TryMap(control, page, frame, PageFlags.Executable))
        {
            return true;
        }

        // Cannot be for want of memory, since the tables are there; but a page of code must not be missing.
        FrameAllocator.Free(frame);
        DomainPages.TryMap(control, page, shared.PhysicalAddress, PageFlags.Executable | PageFlags.NotOwned);
        return false;
    }
}
