using System.Runtime;
using System.Runtime.CompilerServices;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Threads;

/// <summary>
/// Who runs: the most urgent ready thread, threads of equal priority in turns. One processor. All state changes happen with
/// interrupts off, and nothing here allocates, so it may be called from interrupt handlers.
/// </summary>
public static unsafe class Scheduler
{
    private const uint SliceTicks = 5;
    private const ulong InterruptFlag = 0x200;

    private static RunQueue s_ready;
    private static ThreadControl* s_idle;

    /// <summary>
    /// Ticks of the timer since boot. Unlike the time-stamp counter they stand still while an emulator is not being run, so what
    /// has to wait for other threads to do something counts them.
    /// </summary>
    public static ulong Ticks { get; private set; }

    /// <summary>Those of them at which nothing was to be done.</summary>
    public static ulong IdleTicks => s_idle->Ticks;

    /// <summary>The thread that runs.</summary>
    public static ThreadControl* Current => GetCurrent();

    /// <summary>Head of the list of all threads, linked by <see cref="ThreadControl.Next"/>. Walk it with interrupts off.</summary>
    public static ThreadControl* AllThreads => *GetListHead();

    /// <summary>Makes a thread of the code that runs now.</summary>
    public static void Initialize(ThreadControl* bootThread)
    {
        bootThread->State = ThreadState.Ready;
        bootThread->SliceTicks = SliceTicks;
        Register(bootThread);
        Adopt(bootThread);
    }

    /// <summary>The thread that runs when no other can.</summary>
    public static void SetIdleThread(ThreadControl* idle)
    {
        s_idle = idle;
        Register(idle);
    }

    /// <summary>Adds a new thread to the list and lets it run. Interrupts must be off.</summary>
    public static void Start(ThreadControl* thread)
    {
        Register(thread);
        MakeReady(thread);
    }

    /// <summary>Puts a thread that is not in any queue into the run queue. Interrupts must be off.</summary>
    public static void MakeReady(ThreadControl* thread)
    {
        thread->State = ThreadState.Ready;
        thread->SliceTicks = SliceTicks;
        s_ready.Append(thread);
        if (thread->Priority > Current->Priority)
        {
            ProcessorBlock.Current->Reschedule = 1;
        }
    }

    /// <summary>Gives the processor away. The current thread is in whatever queue it should be in. Interrupts must be off.</summary>
    public static void SwitchAway()
    {
        ThreadControl* previous = Current;
        ThreadControl* next = s_ready.TakeMostUrgent();
        if (next == null)
        {
            next = s_idle;
        }

        ProcessorBlock.Current->Reschedule = 0;
        if (next != previous)
        {
            next->Switches++;
            SwitchThreads(previous, next);
        }
    }

    /// <summary>Lets other threads of the same or higher priority run.</summary>
    public static void Yield()
    {
        ulong flags = Processor.DisableInterrupts();
        ThreadControl* current = Current;
        if (current != s_idle)
        {
            s_ready.Append(current);
        }

        SwitchAway();
        Processor.RestoreInterrupts(flags);
    }

    /// <summary>
    /// Lets any other thread run, a less urgent one too, for at least until the next tick: for code that spins until another
    /// thread has done something.
    /// </summary>
    public static void YieldToAnyone()
    {
        ulong flags = Processor.DisableInterrupts();
        ThreadControl* current = Current;
        if (s_ready.HasAtLeast(current->Priority) || s_ready.IsEmpty)
        {
            Yield();
        }
        else
        {
            WaitTable.WaitWithInterruptsOff((ulong)current, 1, ThreadState.Waiting);
        }

        Processor.RestoreInterrupts(flags);
    }

    /// <summary>Changes the priority in force. Interrupts must be off.</summary>
    public static void SetPriority(ThreadControl* thread, ThreadPriority priority)
    {
        if (thread->Priority == priority)
        {
            return;
        }

        bool queued = thread->State == ThreadState.Ready && thread != Current && s_ready.TryRemove(thread);
        thread->Priority = priority;
        if (queued)
        {
            MakeReady(thread);
        }
        else if (thread == Current && s_ready.HasAtLeast(priority + 1))
        {
            // Whoever became ready meanwhile was not more urgent then.
            ProcessorBlock.Current->Reschedule = 1;
        }
    }

    /// <summary>Called on each timer tick: ends the turn of a thread that has used its slice.</summary>
    public static void OnTick()
    {
        Ticks++;
        ThreadControl* current = Current;
        current->Ticks++;
        if (current == s_idle)
        {
            return;
        }

        if (current->SliceTicks > 0)
        {
            current->SliceTicks--;
        }

        if (current->SliceTicks == 0 && s_ready.HasAtLeast(current->Priority))
        {
            ProcessorBlock.Current->Reschedule = 1;
        }
    }

    /// <summary>No other thread runs until <see cref="EnablePreemption"/> has been called as often.</summary>
    public static void DisablePreemption() => ProcessorBlock.Current->PreemptDisabled++;

    /// <summary>Ends what <see cref="DisablePreemption"/> began, and lets a more urgent thread in at once.</summary>
    public static void EnablePreemption()
    {
        ProcessorBlock* block = ProcessorBlock.Current;
        if (--block->PreemptDisabled == 0 && block->Reschedule != 0)
        {
            ulong flags = Processor.DisableInterrupts();
            Processor.RestoreInterrupts(flags);
            YieldToMoreUrgent(flags);
        }
    }

    /// <summary>
    /// Lets a more urgent thread in that was just made ready, unless the flags say that interrupts were off: then the caller
    /// has a reason not to lose the processor, and the next trap return will do it.
    /// </summary>
    public static void YieldToMoreUrgent(ulong flags)
    {
        ProcessorBlock* block = ProcessorBlock.Current;
        if ((flags & InterruptFlag) != 0 && block->Reschedule != 0 && block->PreemptDisabled == 0)
        {
            Yield();
        }
    }

    /// <summary>Takes a thread that has ended out of the list of all threads. Interrupts must be off.</summary>
    public static void Unregister(ThreadControl* thread)
    {
        for (ThreadControl** link = GetListHead(); *link != null; link = &(*link)->Next)
        {
            if (*link == thread)
            {
                *link = thread->Next;
                return;
            }
        }
    }

    // Called by the trap exit when a more urgent thread is ready. The current thread stays ready.
    [RuntimeExport("trap_preempt")]
    private static void Preempt()
    {
        ThreadControl* current = Current;
        if (current != s_idle)
        {
            current->SliceTicks = SliceTicks;
            s_ready.Append(current);
        }

        SwitchAway();
    }

    private static void Register(ThreadControl* thread)
    {
        ThreadControl** head = GetListHead();
        thread->Next = *head;
        *head = thread;
    }

    [RuntimeImport("*", "thread_current")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ThreadControl* GetCurrent();

    /// <summary>Makes the code that runs now that thread's, whose stack it is not. For a kernel that has stopped and looks at what its threads did.</summary>
    [RuntimeImport("*", "thread_adopt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Adopt(ThreadControl* thread);

    [RuntimeImport("*", "thread_get_list_head")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ThreadControl** GetListHead();

    [RuntimeImport("*", "thread_switch")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void SwitchThreads(ThreadControl* from, ThreadControl* to);
}
