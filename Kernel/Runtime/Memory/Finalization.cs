using System.Threading;

namespace NooksOS.Runtime;

/// <summary>
/// Objects with finalizers. Those that a collection finds unreachable are kept once more and queued for CoreLib's finalizer
/// loop, which <see cref="FinalizerThread"/> runs.
/// </summary>
internal static unsafe class Finalization
{
    // BIT_SBLK_FINALIZER_RUN of CoreLib's object header: the object need not be finalized.
    private const int SuppressedBit = 0x4000_0000;

    private static PointerList s_registered;
    private static PointerList s_queued;

    /// <summary>How many objects wait for their finalizer.</summary>
    public static nuint QueuedCount => s_queued.Count;

    /// <summary>Remembers a new object whose type has a finalizer. False if there is no memory.</summary>
    public static bool TryRegister(byte* target)
    {
        Platform.EnterCritical();
        bool registered = s_registered.TryAdd(target);
        Platform.LeaveCritical();
        return registered;
    }

    /// <summary>
    /// Called before a collection marks anything, because then nobody may be asked for memory. False: no memory, so no
    /// collection.
    /// </summary>
    public static bool TryPrepare() => s_queued.TryReserve(s_registered.Count);

    /// <summary>Marks queued objects: they live until their finalizer has run.</summary>
    public static void MarkQueued()
    {
        for (nuint index = 0; index < s_queued.Count; index++)
        {
            Collector.Mark(s_queued[index]);
        }
    }

    /// <summary>Queues the registered objects that are not marked, and marks what they need.</summary>
    public static void QueueUnmarked()
    {
        nuint kept = 0;
        nuint count = s_registered.Count;
        for (nuint index = 0; index < count; index++)
        {
            byte* target = s_registered[index];
            if (Collector.IsMarked(target))
            {
                s_registered[kept++] = target;
            }
            else if ((*HeaderOf(target) & SuppressedBit) == 0)
            {
                s_queued.TryAdd(target);
            }
        }

        // Only now: an object that another unreachable one refers to is due as well.
        s_registered.Truncate(kept);
        MarkQueued();
    }

    /// <summary>Takes an object whose finalizer is to be run, or null if there is none.</summary>
    public static byte* TakeQueued()
    {
        Platform.EnterCritical();
        byte* target;
        do
        {
            target = s_queued.TakeLast();
        }
        while (target != null && (*HeaderOf(target) & SuppressedBit) != 0);

        Platform.LeaveCritical();
        return target;
    }

    /// <summary>The object's finalizer is not to be run.</summary>
    public static void Suppress(byte* target) => Interlocked.Or(ref *HeaderOf(target), SuppressedBit);

    /// <summary>The object's finalizer is to be run, if need be once more. False if there is no memory.</summary>
    public static bool TryReregister(byte* target)
    {
        bool wasSuppressed = (Interlocked.And(ref *HeaderOf(target), ~SuppressedBit) & SuppressedBit) != 0;
        Platform.EnterCritical();

        // One that was suppressed may still be registered, and then must not be twice.
        bool registered = (wasSuppressed && s_registered.Contains(target)) || s_registered.TryAdd(target);
        Platform.LeaveCritical();
        return registered;
    }

    // SAFETY: every object has its header word before its type; CoreLib's flags are in the upper half.
    private static int* HeaderOf(byte* target) => (int*)target - 1;
}
