using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Kernel.Console;

/// <summary>Waiting on a word of memory, by the symbols that the runtime uses too.</summary>
internal static unsafe class PlatformWait
{
    /// <summary>Waits while the word has the expected value. 1 if the time ran out; negative is forever.</summary>
    [RuntimeImport("*", "PlatformWait")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Wait(int* address, int expected, long timeoutNanoseconds);

    /// <summary>Wakes threads that wait on the word. Interrupt handlers may call it.</summary>
    [RuntimeImport("*", "PlatformWake")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Wake(int* address, int maximumThreads);

    /// <summary>Nanoseconds since boot.</summary>
    [RuntimeImport("*", "PlatformGetMonotonicNanoseconds")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern long GetMonotonicNanoseconds();
}
