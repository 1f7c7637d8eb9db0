using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Threads;

/// <summary>
/// Threads that wait for a key, and the time-outs of their waits. A key is any number; the address of what is waited for is
/// the usual one. Nothing here allocates; all of it runs with interrupts off.
/// </summary>
public static unsafe class WaitTable
{
    private const int BucketCount = 64;

    private static Buckets s_buckets;
    private static ThreadControl* s_sleepers;

    /// <summary>Blocks the current thread until the key is woken or the time has come. A negative time-out waits for ever.</summary>
    public static WaitResult Wait(ulong key, long timeoutNanoseconds, ThreadState state = ThreadState.Waiting)
    {
        ulong flags = Processor.DisableInterrupts();
        WaitResult result = WaitWithInterruptsOff(key, timeoutNanoseconds, state);
        Processor.RestoreInterrupts(flags);
        return result;
    }

    /// <summary>Blocks while the word still holds the expected value.</summary>
    public static WaitResult WaitWhile(
        int* address, int expected, long timeoutNanoseconds, ThreadState state = ThreadState.Waiting)
    {
        ulong flags = Processor.DisableInterrupts();

        // SAFETY: the caller owns the word. With interrupts off nobody can change it between this look and the wait.
        WaitResult result = System.Threading.Volatile.Read(ref *address) != expected
            ? WaitResult.Woken
            : WaitWithInterruptsOff((ulong)address, timeoutNanoseconds, state);
        Processor.RestoreInterrupts(flags);
        return result;
    }

    /// <summary>Wakes threads that wait for the key, first come first served, and returns how many.</summary>
    public static int Wake(ulong key, int maximumThreads)
    {
        ulong flags = Processor.DisableInterrupts();
        int woken = 0;
        ThreadControl* previous = null;
        ThreadControl* thread = s_buckets.Head(key);
        while (thread != null && woken < maximumThreads)
        {
            ThreadControl* next = thread->QueueNext;
            if (thread->WaitKey == key)
            {
                s_buckets.Unlink(key, previous, thread);
                Finish(thread, WaitResult.Woken);
                woken++;
            }
            else
            {
                previous = thread;
            }

            thread = next;
        }

        Processor.RestoreInterrupts(flags);
        Scheduler.YieldToMoreUrgent(flags);
        return woken;
    }

    /// <summary>
    /// Makes the most urgent thread that waits for the key ready, of equals the one that came first, and returns it; null if none
    /// waits. Interrupts must be off, and the caller gives the processor away if it should.
    /// </summary>
    public static ThreadControl* WakeMostUrgent(ulong key)
    {
        ThreadControl* chosen = null;
        ThreadControl* beforeChosen = null;
        ThreadControl* previous = null;
        for (ThreadControl* thread = s_buckets.Head(key); thread != null; thread = thread->QueueNext)
        {
            if (thread->WaitKey == key && (chosen == null || thread->Priority > chosen->Priority))
            {
                chosen = thread;
                beforeChosen = previous;
            }

            previous = thread;
        }

        if (chosen != null)
        {
            s_buckets.Unlink(key, beforeChosen, chosen);
            Finish(chosen, WaitResult.Woken);
        }

        return chosen;
    }

    /// <summary>
    /// Whether the domain that a thread acts for is being stopped: then it may not begin to wait on its behalf. Set once by the
    /// layer that has domains.
    /// </summary>
    public static delegate*<ThreadControl*, bool> IsStopped { get; set; }

    /// <summary>
    /// Ends the wait of one thread on behalf of a domain, because the domain is being stopped. Interrupts must be off.
    /// </summary>
    public static void Cancel(ThreadControl* thread)
    {
        if (thread->State is ThreadState.WaitingForDomain or ThreadState.WaitingForDevice)
        {
            TakeOut(thread);
            Finish(thread, WaitResult.Cancelled);
        }
    }

    /// <summary>Called on each timer tick: ends the waits whose time has come.</summary>
    public static void OnTick(long nowNanoseconds)
    {
        while (s_sleepers != null && s_sleepers->WakeTime <= nowNanoseconds)
        {
            ThreadControl* thread = s_sleepers;
            TakeOut(thread);
            Finish(thread, WaitResult.TimedOut);
        }
    }

    /// <summary>Blocks the current thread; interrupts are off and stay off.</summary>
    public static WaitResult WaitWithInterruptsOff(ulong key, long timeoutNanoseconds, ThreadState state)
    {
        ThreadControl* current = Scheduler.Current;
        if (timeoutNanoseconds == 0)
        {
            return WaitResult.TimedOut;
        }

        if (state is (ThreadState.WaitingForDomain or ThreadState.WaitingForDevice) && IsStopped != null && IsStopped(current))
        {
            return WaitResult.Cancelled;
        }

        current->State = state;
        current->WaitKey = key;
        s_buckets.Append(key, current);
        if (timeoutNanoseconds > 0)
        {
            // A domain may say any number.
            long now = Clock.Nanoseconds;
            InsertSleeper(current, timeoutNanoseconds > long.MaxValue - now ? long.MaxValue : now + timeoutNanoseconds);
        }

        Scheduler.SwitchAway();
        return current->WaitResult;
    }

    private static void TakeOut(ThreadControl* thread)
    {
        ThreadControl* previous = null;
        for (ThreadControl* entry = s_buckets.Head(thread->WaitKey); entry != null; entry = entry->QueueNext)
        {
            if (entry == thread)
            {
                s_buckets.Unlink(thread->WaitKey, previous, thread);
                return;
            }

            previous = entry;
        }
    }

    private static void Finish(ThreadControl* thread, WaitResult result)
    {
        if (thread->IsSleeping != 0)
        {
            RemoveSleeper(thread);
        }

        thread->WaitResult = result;
        Scheduler.MakeReady(thread);
    }

    private static void InsertSleeper(ThreadControl* thread, long wakeTime)
    {
        thread->WakeTime = wakeTime;
        thread->IsSleeping = 1;
        ThreadControl* previous = null;
        ThreadControl* next = s_sleepers;
        while (next != null && next->WakeTime <= wakeTime)
        {
            previous = next;
            next = next->SleepNext;
        }

        thread->SleepNext = next;
        if (previous == null)
        {
            s_sleepers = thread;
        }
        else
        {
            previous->SleepNext = thread;
        }
    }

    private static void RemoveSleeper(ThreadControl* thread)
    {
        thread->IsSleeping = 0;
        if (s_sleepers == thread)
        {
            s_sleepers = thread->SleepNext;
            return;
        }

        for (ThreadControl* entry = s_sleepers; entry != null; entry = entry->SleepNext)
        {
            if (entry->SleepNext == thread)
            {
                entry->SleepNext = thread->SleepNext;
                return;
            }
        }
    }

    // Waiters by hash of the key, in order of arrival.
    private struct Buckets
    {
        private fixed ulong _heads[BucketCount];

        public readonly ThreadControl* Head(ulong key) => (ThreadControl*)_heads[Index(key)];

        public void Append(ulong key, ThreadControl* thread)
        {
            thread->QueueNext = null;
            ThreadControl* last = Head(key);
            if (last == null)
            {
                _heads[Index(key)] = (ulong)thread;
                return;
            }

            while (last->QueueNext != null)
            {
                last = last->QueueNext;
            }

            last->QueueNext = thread;
        }

        public void Unlink(ulong key, ThreadControl* previous, ThreadControl* thread)
        {
            if (previous == null)
            {
                _heads[Index(key)] = (ulong)thread->QueueNext;
            }
            else
            {
                previous->QueueNext = thread->QueueNext;
            }

            thread->QueueNext = null;
        }

        private static int Index(ulong key) => (int)((key * 0x9E37_79B9_7F4A_7C15) >> 58);
    }
}
