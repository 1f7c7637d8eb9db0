using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Runtime;

/// <summary>
/// What the runtime needs from below: in the kernel image the kernel itself, in any other image calls to the kernel. Bound by
/// the linker. All of it works before CoreLib is initialised.
/// </summary>
public static unsafe class Platform
{
    /// <summary>Zeroed, writable pages, or null.</summary>
    [RuntimeImport("*", "PlatformAllocatePages")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void* AllocatePages(nuint pageCount);

    /// <summary>Gives back exactly what one call of <see cref="AllocatePages"/> returned.</summary>
    [RuntimeImport("*", "PlatformFreePages")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void FreePages(void* address, nuint pageCount);

    /// <summary>Makes a thread that runs an unmanaged-callable function of one argument. Zero on failure.</summary>
    [RuntimeImport("*", "PlatformCreateThread")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern nuint CreateThread(nuint entry, nuint argument);

    /// <summary>Lets other threads run.</summary>
    [RuntimeImport("*", "PlatformYield")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Yield();

    /// <summary>Waits while the word holds the expected value. Negative time: for ever. Returns 1 if the time ran out, else 0.</summary>
    [RuntimeImport("*", "PlatformWait")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Wait(int* address, int expected, long timeoutNanoseconds);

    /// <summary>Wakes threads that wait for the word.</summary>
    [RuntimeImport("*", "PlatformWake")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Wake(int* address, int maximumThreads);

    /// <summary>Time since boot.</summary>
    [RuntimeImport("*", "PlatformGetMonotonicNanoseconds")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern long GetMonotonicNanoseconds();

    /// <summary>Wall-clock time in units of 100 ns since 0001-01-01.</summary>
    [RuntimeImport("*", "PlatformGetUtcTicks")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern long GetUtcTicks();

    /// <summary>Appends a line of UTF-8 to the log.</summary>
    [RuntimeImport("*", "PlatformWriteLog")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteLog(byte* text, nuint length);

    /// <summary>Ends the image. Does not return.</summary>
    [RuntimeImport("*", "PlatformFailFast")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void FailFast(byte* text, nuint length, nuint instructionPointer);

    /// <summary>No other thread of this image runs until <see cref="LeaveCritical"/>. Nests.</summary>
    [RuntimeImport("*", "PlatformEnterCritical")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void EnterCritical();

    /// <summary>Ends what <see cref="EnterCritical"/> began.</summary>
    [RuntimeImport("*", "PlatformLeaveCritical")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void LeaveCritical();

    /// <summary>Ends the image with a message. Does not return.</summary>
    public static void FailFast(System.ReadOnlySpan<byte> text)
    {
        // SAFETY: the text is pinned for the call, and the callee copies it.
        fixed (byte* bytes = text)
        {
            FailFast(bytes, (nuint)text.Length, 0);
        }
    }
}
