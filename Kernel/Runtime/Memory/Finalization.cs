using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Runtime;

/// <summary>
/// Objects with finalizers. Those that a collection finds unreachable are kept once more and queued for CoreLib's finalizer
/// loop, which runs on a thread that is made when the first object is queued.
/// </summary>
internal static unsafe class Finalization
{
    private const nuint PageBytes = 4096;
    private const uint FinalizerRunBit = 0x4000_0000;

    private static PointerList s_registered;
    private static PointerList s_queued;
    private static int s_requests;
    private static int s_completions;
    private static bool s_hasThread;

    /// <summary>Remembers a new object whose type has a finalizer. False if there is no memory.</summary>
    public static bool TryRegister(void* target) => s_registered.TryAdd(target);

    /// <summary>Queues the registered objects that are not marked, and marks what they need.</summary>
    public static void AfterFirstMark()
    {
        int kept = 0;
        int count = s_registered.Count;
        for (int index = 0; index < count; index++)
        {
            void* target = s_registered.Items[index];
            if (Collector.IsMarked(target))
            {
                s_registered.Items[kept++] = target;
            }
            else if ((*HeaderOf(target) & FinalizerRunBit) == 0)
            {
                if (!s_queued.TryAdd(target))
                {
                    s_registered.Items[kept++] = target;
                }
            }
        }

        s_registered.Count = kept;

        // Queued objects, the older ones too, live until their finalizer has run.
        for (int index = 0; index < s_queued.Count; index++)
        {
            Collector.Mark(s_queued.Items[index]);
        }

        if (s_queued.Count != 0)
        {
            s_requests++;
            Platform.Wake(Requests(), 1);
        }
    }

    /// <summary>Makes the finalizer thread if objects wait for it. Called outside the collector.</summary>
    public static void EnsureThread()
    {
        if (!s_hasThread && s_queued.Count != 0)
        {
            s_hasThread = true;
            Platform.CreateThread(GetProcessFinalizers(), 0);
        }
    }

    [RuntimeExport("RhSuppressFinalize")]
    private static void Suppress(void* target)
    {
        if ((*(MethodTable**)target)->HasFinalizer)
        {
            *HeaderOf(target) |= FinalizerRunBit;
        }
    }

    [RuntimeExport("RhReRegisterForFinalize")]
    private static byte ReRegister(void* target)
    {
        if (!(*(MethodTable**)target)->HasFinalizer)
        {
            return 1;
        }

        Platform.EnterCritical();
        *HeaderOf(target) &= ~FinalizerRunBit;
        bool added = s_registered.Contains(target) || s_registered.TryAdd(target);
        Platform.LeaveCritical();
        return added ? (byte)1 : (byte)0;
    }

    [RuntimeExport("RhpWaitForFinalizerRequest")]
    private static uint WaitForRequest()
    {
        while (true)
        {
            int seen = System.Threading.Volatile.Read(ref s_requests);
            if (s_queued.Count != 0)
            {
                return 1;
            }

            Platform.Wait(Requests(), seen, -1);
        }
    }

    [RuntimeExport("RhpGetNextFinalizableObject")]
    private static void* GetNext()
    {
        Platform.EnterCritical();
        void* target = null;
        while (s_queued.Count != 0 && target == null)
        {
            target = s_queued.Items[--s_queued.Count];
            if ((*HeaderOf(target) & FinalizerRunBit) != 0)
            {
                target = null;
            }
        }

        Platform.LeaveCritical();
        return target;
    }

    [RuntimeExport("RhpSignalFinalizationComplete")]
    private static void SignalComplete(uint count, int observedCollections)
    {
        s_completions++;
        Platform.Wake(Completions(), int.MaxValue);
    }

    [RuntimeExport("RhWaitForPendingFinalizers")]
    private static void WaitForPending(int allowReentrantWait)
    {
        EnsureThread();
        while (s_hasThread && s_queued.Count != 0)
        {
            int seen = System.Threading.Volatile.Read(ref s_completions);
            if (s_queued.Count != 0)
            {
                const long RetryNanoseconds = 10_000_000;
                Platform.Wait(Completions(), seen, RetryNanoseconds);
            }
        }
    }

    [RuntimeExport("RhInitializeFinalizerThread")]
    private static void InitializeThread()
    {
    }

    // The object's header word lies before its type; its upper half is CoreLib's.
    private static uint* HeaderOf(void* target) => (uint*)target - 1;

    private static int* Requests()
    {
        // SAFETY: a static of an unmanaged type does not move.
        fixed (int* requests = &s_requests)
        {
            return requests;
        }
    }

    private static int* Completions()
    {
        // SAFETY: a static of an unmanaged type does not move.
        fixed (int* completions = &s_completions)
        {
            return completions;
        }
    }

    [RuntimeImport("*", "rt_get_process_finalizers")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nuint GetProcessFinalizers();

    // A growing list of object addresses in pages of its own.
    private struct PointerList
    {
        public void** Items;
        public int Count;

        private int _capacity;

        public bool TryAdd(void* item)
        {
            if (Count == _capacity && !TryGrow())
            {
                return false;
            }

            Items[Count++] = item;
            return true;
        }

        public readonly bool Contains(void* item)
        {
            for (int index = 0; index < Count; index++)
            {
                if (Items[index] == item)
                {
                    return true;
                }
            }

            return false;
        }

        private bool TryGrow()
        {
            int capacity = _capacity == 0 ? (int)(PageBytes / (nuint)sizeof(void*)) : 2 * _capacity;
            void** items = (void**)Platform.AllocatePages((nuint)(capacity * sizeof(void*)) / PageBytes);
            if (items == null)
            {
                return false;
            }

            for (int index = 0; index < Count; index++)
            {
                items[index] = Items[index];
            }

            if (Items != null)
            {
                Platform.FreePages(Items, (nuint)(_capacity * sizeof(void*)) / PageBytes);
            }

            Items = items;
            _capacity = capacity;
            return true;
        }
    }
}
