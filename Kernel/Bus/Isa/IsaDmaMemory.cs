using System.Threading;
using NooksOS.Kernel.Memory;

namespace NooksOS.Kernel.Bus.Isa;

/// <summary>
/// Memory that a channel of the ISA DMA controller can reach, set aside while there is some. One buffer of a fixed length: no
/// machine has more than one such device that is used.
/// </summary>
public static unsafe class IsaDmaMemory
{
    /// <summary>Length of the buffer. Blocks of frames are aligned to their own length, so it crosses no boundary of this length.</summary>
    public const uint LengthBytes = 64 * 1024;

    private const nuint Frames = LengthBytes / (nuint)AddressLayout.PageBytes;

    private static ulong s_address;
    private static int s_isTaken;

    /// <summary>Sets the memory aside. False if there is none below 16 MiB.</summary>
    public static bool TryReserve()
    {
        s_address = FrameAllocator.AllocateRun(Frames, DmaController.AddressLimit);
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

        // SAFETY: the frames were set aside for this, and nobody else has them now.
        new System.Span<byte>(buffer, (int)LengthBytes).Clear();
        return buffer;
    }

    /// <summary>Gives the buffer back.</summary>
    public static void Return() => Volatile.Write(ref s_isTaken, 0);
}
