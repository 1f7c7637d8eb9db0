using System.Runtime;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Threads;

/// <summary>The kernel's side of the seam below the runtime: threads, waiting and time for the kernel image itself.</summary>
internal static unsafe class PlatformThreads
{
    [RuntimeExport("PlatformCreateThread")]
    private static nuint CreateThread(nuint entry, nuint argument)
    {
        ThreadControl* thread = KernelThread.Create(
            "managed"u8, ThreadPriority.Normal, (delegate* unmanaged<nuint, nuint>)entry, argument);
        return thread == null ? 0 : (nuint)thread->ThreadId;
    }

    [RuntimeExport("PlatformYield")]
    private static void Yield() => Scheduler.YieldToAnyone();

    [RuntimeExport("PlatformWait")]
    private static int Wait(int* address, int expected, long timeoutNanoseconds)
        => WaitTable.WaitWhile(address, expected, timeoutNanoseconds) == WaitResult.TimedOut ? 1 : 0;

    [RuntimeExport("PlatformWake")]
    private static void Wake(int* address, int maximumThreads) => WaitTable.Wake((ulong)address, maximumThreads);

    [RuntimeExport("PlatformGetMonotonicNanoseconds")]
    private static long GetMonotonicNanoseconds() => Clock.Nanoseconds;

    [RuntimeExport("PlatformEnterCritical")]
    private static void EnterCritical() => Scheduler.DisablePreemption();

    [RuntimeExport("PlatformLeaveCritical")]
    private static void LeaveCritical() => Scheduler.EnablePreemption();
}
