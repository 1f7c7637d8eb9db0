using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace NooksOS.Runtime;

/// <summary>
/// The thread that runs finalizers. It is made when the first object is due, so that an image that never needs it does not
/// have it.
/// </summary>
internal static unsafe class FinalizerThread
{
    private const long RetryNanoseconds = 10_000_000;

    private static int s_requests;
    private static int s_completions;
    private static int s_isStarted;
    private static bool s_isBusy;

    /// <summary>Wakes or makes the thread if objects wait for it. Called outside of critical sections: it calls the kernel.</summary>
    public static void Pulse()
    {
        if (Finalization.QueuedCount == 0)
        {
            return;
        }

        if (s_isStarted == 0 && Interlocked.Exchange(ref s_isStarted, 1) == 0
            && Platform.CreateThread((nuint)(delegate* unmanaged<nuint, nuint>)&Run, 0) == 0)
        {
            // No threads yet, or no memory: the next collection tries again.
            s_isStarted = 0;
            return;
        }

        Interlocked.Increment(ref s_requests);
        Platform.Wake(AddressOf(ref s_requests), int.MaxValue);
    }

    [UnmanagedCallersOnly]
    private static nuint Run(nuint argument)
    {
        ProcessFinalizers();
        return 0;
    }

    [RuntimeExport("RhpWaitForFinalizerRequest")]
    private static uint WaitForRequest()
    {
        while (true)
        {
            int seen = Volatile.Read(ref s_requests);
            if (Finalization.QueuedCount != 0)
            {
                s_isBusy = true;
                return 1;
            }

            Platform.Wait(AddressOf(ref s_requests), seen, -1);
        }
    }

    [RuntimeExport("RhpGetNextFinalizableObject")]
    private static byte* TakeNext() => Finalization.TakeQueued();

    [RuntimeExport("RhpSignalFinalizationComplete")]
    private static void SignalComplete(uint finalizedCount, int observedCollections)
    {
        s_isBusy = false;
        Interlocked.Increment(ref s_completions);
        Platform.Wake(AddressOf(ref s_completions), int.MaxValue);
    }

    [RuntimeExport("RhWaitForPendingFinalizers")]
    private static void WaitForPending(int allowReentrantWait)
    {
        Pulse();
        while (s_isStarted != 0 && (Finalization.QueuedCount != 0 || s_isBusy))
        {
            Platform.Wait(AddressOf(ref s_completions), Volatile.Read(ref s_completions), RetryNanoseconds);
        }
    }

    [RuntimeExport("RhInitializeFinalizerThread")]
    private static void Initialize()
    {
    }

    [RuntimeExport("RhSuppressFinalize")]
    private static void Suppress(byte* target)
    {
        if ((*(MethodTable**)target)->HasFinalizer)
        {
            Finalization.Suppress(target);
        }
    }

    [RuntimeExport("RhReRegisterForFinalize")]
    private static byte Reregister(byte* target)
        => !(*(MethodTable**)target)->HasFinalizer || Finalization.TryReregister(target) ? (byte)1 : (byte)0;

    // SAFETY: a static of an unmanaged type does not move.
    private static int* AddressOf(ref int word) => (int*)Unsafe.AsPointer(ref word);

    [RuntimeImport("*", "ProcessFinalizers")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ProcessFinalizers();
}
