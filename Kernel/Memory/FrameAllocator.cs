using System;
using System.Runtime.Intrinsics;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Diagnostics;

namespace NooksOS.Kernel.Memory;

/// <summary>
/// All page frames of the machine. Usable from <c>KernelEarly</c> on and from interrupt handlers: no allocation of objects, no waiting.
/// A failed allocation is 0, an address that is never given out; freeing what is not in use stops the kernel.
/// </summary>
public static unsafe class FrameAllocator
{
    // What is kept zeroed for whoever comes next: several extensions' worth, and never more than this part of all memory.
    private const uint MaximumReserveFrames = 4096;
    private const uint ReservePart = 16;

    private static BuddyAllocator s_frames;

    /// <summary>Frames that were ever available.</summary>
    public static nuint TotalFrames => s_frames.TotalFrames;

    /// <summary>Frames that are free now.</summary>
    public static nuint FreeFrames => s_frames.FreeFrames;

    /// <summary>Frames that are in use now.</summary>
    public static nuint UsedFrames => s_frames.TotalFrames - s_frames.FreeFrames;

    /// <summary>Whether the allocator's records are whole.</summary>
    public static bool IsConsistent()
    {
        ulong flags = Processor.DisableInterrupts();
        bool consistent = s_frames.IsConsistent();
        Processor.RestoreInterrupts(flags);
        return consistent;
    }

    /// <summary>The allocator itself, for code that already keeps interrupts off.</summary>
    internal static ref BuddyAllocator Unsynchronized => ref s_frames;

    /// <summary>Takes one frame; its content is what the last user left.</summary>
    public static ulong Allocate() => AllocateRun(1);

    /// <summary>Takes frames that follow each other and end at or below a physical address.</summary>
    public static ulong AllocateRun(nuint frameCount, ulong limitAddress = ulong.MaxValue)
    {
        ulong limit = limitAddress >> AddressLayout.PageShift;
        if (frameCount > uint.MaxValue)
        {
            return 0;
        }

        ulong flags = Processor.DisableInterrupts();
        uint frame = s_frames.Allocate((uint)frameCount, limit > uint.MaxValue ? uint.MaxValue : (uint)limit);
        Processor.RestoreInterrupts(flags);
        return frame == FrameRecord.None ? 0 : (ulong)frame << AddressLayout.PageShift;
    }

    /// <summary>Takes zeroed frames that follow each other and end at or below a physical address.</summary>
    public static ulong AllocateZeroedRun(nuint frameCount, ulong limitAddress = ulong.MaxValue)
    {
        ulong address = AllocateRun(frameCount, limitAddress);
        if (address != 0)
        {
            for (nuint index = 0; index < frameCount; index++)
            {
                ulong frame = address + (index << AddressLayout.PageShift);

                // The record says so as long as the frame is the caller's.
                if (!s_frames.WasZero((uint)(frame >> AddressLayout.PageShift)))
                {
                    Clear(PhysicalMemory.ToPointer(frame), 1);
                }
            }
        }

        return address;
    }

    /// <summary>Takes one zeroed frame. Null if there is none.</summary>
    public static void* AllocateZeroedPage() => AllocateZeroedPages(1);

    /// <summary>Takes zeroed frames that follow each other, as a pointer into the direct map. Null if there are none.</summary>
    public static void* AllocateZeroedPages(nuint pageCount)
    {
        ulong address = AllocateZeroedRun(pageCount);
        return address == 0 ? null : PhysicalMemory.ToPointer(address);
    }

    /// <summary>
    /// Zeroes free frames before anybody needs them zeroed, for as long as it is not interrupted; whoever restarts an extension then
    /// does not have to. Of what was never in use only a reserve is zeroed, so that a machine does not touch memory that it does not need.
    /// </summary>
    internal static void ZeroFreeFrames()
    {
        while (TryZeroOne())
        {
        }
    }

    // One at a time: interrupts are off for no longer than a frame takes.
    private static bool TryZeroOne()
    {
        ulong flags = Processor.DisableInterrupts();
        bool goesOn = false;
        if (s_frames.StaleFrames != 0)
        {
            Clear(PhysicalMemory.ToPointer((ulong)s_frames.FindStale() << AddressLayout.PageShift), 1);
            s_frames.AddZeroed();
            goesOn = true;
        }
        else if (s_frames.ZeroFrames < Math.Min(s_frames.TotalFrames / ReservePart, MaximumReserveFrames))
        {
            goesOn = s_frames.TryFindUntouched(out uint untouched);
            if (untouched != FrameRecord.None)
            {
                Clear(PhysicalMemory.ToPointer((ulong)untouched << AddressLayout.PageShift), 1);
                s_frames.SetZero(untouched);
            }
        }

        Processor.RestoreInterrupts(flags);
        return goesOn;
    }

    /// <summary>Gives a frame back.</summary>
    public static void Free(ulong physicalAddress) => FreeRun(physicalAddress, 1);

    /// <summary>Gives frames back; a run may be given back in parts.</summary>
    public static void FreeRun(ulong physicalAddress, nuint frameCount)
    {
        ulong flags = Processor.DisableInterrupts();
        ulong frame = physicalAddress >> AddressLayout.PageShift;
        bool freed = frame <= uint.MaxValue && frameCount <= uint.MaxValue && s_frames.TryFree((uint)frame, (uint)frameCount);
        Processor.RestoreInterrupts(flags);
        if (!freed)
        {
            Panic.Stop("a page frame was freed that is not in use"u8, physicalAddress);
        }
    }

    /// <summary>Gives back what <see cref="AllocateZeroedPages"/> gave.</summary>
    public static void FreePages(void* pages, nuint pageCount) => FreeRun(PhysicalMemory.FromPointer(pages), pageCount);

    /// <summary>
    /// Takes over the memory of the machine: everything that the memory map calls available, except the reserved ranges.
    /// False if there is no room for the records.
    /// </summary>
    internal static bool TryInitialize(in BootInformation information, ReadOnlySpan<PhysicalRange> reserved, out PhysicalRange records)
    {
        ulong end = 0;
        foreach (MemoryRegion region in information.MemoryMap)
        {
            if (region.Kind == MemoryRegionKind.Available && region.Range.End > end)
            {
                end = region.Range.End;
            }
        }

        // The direct map has one slot; memory beyond it stays unused.
        end = Math.Min(end, 1UL << AddressLayout.SlotShift);
        uint frameLimit = (uint)(end >> AddressLayout.PageShift);
        ulong recordBytes = AddressLayout.PageCeiling(BuddyAllocator.RecordBytes(frameLimit));
        records = FindRoom(in information, reserved, recordBytes);
        if (records.LengthBytes == 0)
        {
            return false;
        }

        void* memory = PhysicalMemory.ToPointer(records.Start);
        Clear(memory, AddressLayout.PagesFor(recordBytes));
        s_frames.Initialize((FrameRecord*)memory, frameLimit);
        Span<PhysicalRange> all = stackalloc PhysicalRange[reserved.Length + 1];
        reserved.CopyTo(all);
        all[reserved.Length] = records;
        foreach (MemoryRegion region in information.MemoryMap)
        {
            if (region.Kind != MemoryRegionKind.Available)
            {
                continue;
            }

            RangeSubtraction parts = new(region.Range with { End = Math.Min(region.Range.End, end) }, all);
            while (parts.TryNext(out PhysicalRange free))
            {
                // Refused when a broken memory map names a range twice: then it is already there.
                s_frames.TryAdd((uint)(free.Start >> AddressLayout.PageShift), (uint)(free.LengthBytes >> AddressLayout.PageShift));
            }
        }

        return true;
    }

    /// <summary>Takes over frames that were reserved when the allocator started.</summary>
    internal static void AddReserved(PhysicalRange range)
    {
        ulong flags = Processor.DisableInterrupts();
        s_frames.TryAdd((uint)(range.Start >> AddressLayout.PageShift), (uint)(range.LengthBytes >> AddressLayout.PageShift));
        Processor.RestoreInterrupts(flags);
    }

    private static PhysicalRange FindRoom(in BootInformation information, ReadOnlySpan<PhysicalRange> reserved, ulong lengthBytes)
    {
        // What the boot code has mapped.
        const ulong ReachableEnd = 1UL << 32;
        foreach (MemoryRegion region in information.MemoryMap)
        {
            if (region.Kind != MemoryRegionKind.Available)
            {
                continue;
            }

            RangeSubtraction parts = new(region.Range, reserved);
            while (parts.TryNext(out PhysicalRange free))
            {
                if (free.LengthBytes >= lengthBytes && free.Start + lengthBytes <= ReachableEnd)
                {
                    return new PhysicalRange(free.Start, free.Start + lengthBytes);
                }
            }
        }

        return default;
    }

    // Stores of vectors: the string instructions behind Span.Clear take three times as long under an emulator.
    private static void Clear(void* memory, nuint pageCount)
    {
        const int StepBytes = 64;
        Vector128<byte> zero = Vector128<byte>.Zero;
        byte* end = (byte*)memory + (pageCount * AddressLayout.PageBytes);
        for (byte* position = (byte*)memory; position < end; position += StepBytes)
        {
            // SAFETY: the callers pass whole frames that they have just taken, which the direct map covers.
            zero.StoreAligned(position);
            zero.StoreAligned(position + 16);
            zero.StoreAligned(position + 32);
            zero.StoreAligned(position + 48);
        }
    }
}
