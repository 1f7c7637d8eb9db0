using System.Runtime;
using System.Runtime.InteropServices;
using System.Threading;

namespace NooksOS.Runtime;

/// <summary>
/// The mutex with one condition on which CoreLib builds its locks and events, over waiting for a word. The mutex word is 0
/// free, 1 held, 2 held and waited for; the condition is a count of signals.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LowLevelMonitor
{
    private const int Free = 0;
    private const int Held = 1;
    private const int Contended = 2;
    private const long Forever = -1;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private int _mutex;
    private int _signals;

    [RuntimeExport("SystemNative_LowLevelMonitor_Create")]
    private static LowLevelMonitor* Create()
    {
        LowLevelMonitor* monitor = (LowLevelMonitor*)NativeMemory.Allocate((nuint)sizeof(LowLevelMonitor));
        if (monitor != null)
        {
            *monitor = default;
        }

        return monitor;
    }

    [RuntimeExport("SystemNative_LowLevelMonitor_Destroy")]
    private static void Destroy(LowLevelMonitor* monitor) => NativeMemory.Free(monitor);

    [RuntimeExport("SystemNative_LowLevelMonitor_Acquire")]
    private static void Acquire(LowLevelMonitor* monitor)
    {
        if (Interlocked.CompareExchange(ref monitor->_mutex, Held, Free) == Free)
        {
            return;
        }

        while (Interlocked.Exchange(ref monitor->_mutex, Contended) != Free)
        {
            Platform.Wait(&monitor->_mutex, Contended, Forever);
        }
    }

    [RuntimeExport("SystemNative_LowLevelMonitor_Release")]
    private static void Release(LowLevelMonitor* monitor)
    {
        if (Interlocked.Exchange(ref monitor->_mutex, Free) == Contended)
        {
            Platform.Wake(&monitor->_mutex, 1);
        }
    }

    [RuntimeExport("SystemNative_LowLevelMonitor_Wait")]
    private static void Wait(LowLevelMonitor* monitor) => WaitForSignal(monitor, Forever);

    [RuntimeExport("SystemNative_LowLevelMonitor_TimedWait")]
    private static int TimedWait(LowLevelMonitor* monitor, int timeoutMilliseconds)
        => WaitForSignal(monitor, timeoutMilliseconds < 0 ? Forever : timeoutMilliseconds * NanosecondsPerMillisecond) ? 1 : 0;

    [RuntimeExport("SystemNative_LowLevelMonitor_Signal_Release")]
    private static void SignalAndRelease(LowLevelMonitor* monitor)
    {
        Interlocked.Increment(ref monitor->_signals);
        Platform.Wake(&monitor->_signals, 1);
        Release(monitor);
    }

    private static bool WaitForSignal(LowLevelMonitor* monitor, long timeoutNanoseconds)
    {
        // Taken under the mutex: a signal after this look changes the word, and the wait returns at once.
        int seen = Volatile.Read(ref monitor->_signals);
        Release(monitor);
        bool signaled = Platform.Wait(&monitor->_signals, seen, timeoutNanoseconds) == 0;
        Acquire(monitor);
        return signaled;
    }
}
