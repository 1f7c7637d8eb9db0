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

    /// <summary>Puts other code into an instance. False if there is no code, or no memory for a copy of its page.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="address">Where.</param>
    /// <param name="code">At most a page of it.</param>
    public static bool TryOverwrite(Domain instance, ulong address, ReadOnlySpan<byte> code)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ulong interrupts = Processor.DisableInterrupts();
        bool isWritten = instance.IsAlive && TryMakePrivate(instance.Control, address, code.Length);
        for (int index = 0; isWritten && index < code.Length; index++)
        {
            TryWriteByte(address + (ulong)index, code[index]);
        }

        Processor.RestoreInterrupts(interrupts);
        return isWritten;
    }

    private static bool TryInject(Domain instance, TextFault fault)
    {
        ulong address = instance.Control->SlotBase + SlotLayout.Image + fault.ImageOffset;
        bool isReady = TryMakePrivate(instance.Control, address, fault.Changed.Length)
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

    private static bool TryMakePrivate(DomainControl* control, ulong address, int lengthBytes)
        => TryMakePrivate(control, AddressLayout.PageFloor(address))
            && TryMakePrivate(control, AddressLayout.PageFloor(address + (ulong)lengthBytes - 1));

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
