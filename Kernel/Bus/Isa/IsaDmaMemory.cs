using System.Threading;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Startup;

namespace NooksOS.Kernel.Bus.Isa;

/// <summary>
/// Memory that a channel of the ISA DMA controller can reach: a block of the first megabyte, which the frame allocator leaves alone.
/// One buffer of a fixed length: no machine has more than one such device that is used.
/// </summary>
public static unsafe class IsaDmaMemory
{
    /// <summary>Length of the buffer: all that a channel of 16 bits can reach, from an address that is a multiple of it.</summary>
    public const uint LengthBytes = 128 * 1024;

    private const ulong FirstMegabyteEnd = 1 << 20;

    private static ulong s_address;
    private static int s_isTaken;

    /// <summary>Finds the memory. False if there is none.</summary>
    public static bool TryReserve()
    {
        // The first block belongs to the firmware's tables. What the loader still has in this megabyte is left alone.
        for (ulong start = LengthBytes; start < FirstMegabyteEnd && s_address == 0; start += LengthBytes)
        {
            PhysicalRange range = new(start, start + LengthBytes);
            s_address = IsAvailable(range) && !IsUsed(range) ? start : 0;
        }

        return s_address != 0;
    }

    /// <summary>Takes the buffer, zeroed. Null if somebody has it.</summary>
    public static void* TryTake()
    {
        if (s_address == 0 || Interlocked.Exchange(ref s_isTaken, 1) != 0)
        {
            return null;
        }

        void* buffer = PhysicalMemory.ToPointer(s_address);

        // SAFETY: the memory is available, nobody else's, and in the direct map.
        new System.Span<byte>(buffer, (int)LengthBytes).Clear();
        return buffer;
    }

    /// <summary>Gives the buffer back.</summary>
    public static void Return() => Volatile.Write(ref s_isTaken, 0);

    private static bool IsAvailable(PhysicalRange range)
    {
        foreach (MemoryRegion region in BootEnvironment.Information.MemoryMap)
        {
            if (region.Kind == MemoryRegionKind.Available && region.Range.Start <= range.Start && region.Range.End >= range.End)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUsed(PhysicalRange range)
    {
        bool isUsed = BootEnvironment.Range.Overlaps(range);
        foreach (BootModule module in BootEnvironment.Information.Modules)
        {
            isUsed |= module.Range.Overlaps(range);
        }

        return isUsed;
    }
}
