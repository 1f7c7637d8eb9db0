using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Kernel.Threads;

/// <summary>Makes and ends kernel threads. Their control blocks and stacks are plain memory, kept for reuse when a thread ends.</summary>
public static unsafe class KernelThread
{
    /// <summary>Bytes of each kernel stack; below it lies an unmapped guard page.</summary>
    public const int StackBytes = 64 * 1024;

    private const int SavedRegisterCount = 6;

    // Threads that have ended, whose stacks wait for the next ones.
    private static ThreadControl* s_free;

    // Control blocks that never had a stack.
    private static ThreadControl* s_blocks;
    private static ulong s_lastThreadId;

    /// <summary>How many threads exist.</summary>
    public static uint Count { get; private set; }

    /// <summary>Pages of all stacks and control blocks, those that wait for reuse too.</summary>
    public static uint HeldPages { get; private set; }

    /// <summary>
    /// Makes a thread that runs <paramref name="entry"/> with <paramref name="argument"/> and lets it run.
    /// Null if there is no memory.
    /// </summary>
    public static ThreadControl* Create(
        ReadOnlySpan<byte> name, ThreadPriority priority, delegate* unmanaged<nuint, nuint> entry, nuint argument, void* homeDomain = null)
    {
        ThreadControl* thread = Prepare(name, priority, entry, argument, homeDomain);
        if (thread != null)
        {
            ulong flags = Processor.DisableInterrupts();
            Count++;
            Scheduler.Start(thread);
            Processor.RestoreInterrupts(flags);
        }

        return thread;
    }

    /// <summary>Makes the code that runs now, on the boot stack, the first thread, and makes the idle thread.</summary>
    public static void Initialize(ulong bootStackLow, ulong bootStackHigh)
    {
        ThreadControl* boot = (ThreadControl*)FrameAllocator.AllocateZeroedPage();
        boot->ThreadId = ++s_lastThreadId;
        boot->StackLow = bootStackLow;
        boot->StackHigh = bootStackHigh;
        boot->KernelStackTop = bootStackHigh;
        boot->BasePriority = ThreadPriority.Normal;
        boot->Priority = ThreadPriority.Normal;
        SetName(boot, "main"u8);
        Scheduler.Initialize(boot);
        Scheduler.SetIdleThread(Prepare("idle"u8, ThreadPriority.Idle, &Idle, 0, null));
        Count = 2;
    }

    /// <summary>Ends the current thread.</summary>
    [RuntimeExport("thread_exit")]
    public static void Exit()
    {
        Processor.DisableInterrupts();
        ThreadControl* current = Scheduler.Current;
        current->State = ThreadState.Ended;
        Scheduler.Unregister(current);
        Count--;

        // The stack is still in use until the switch; reuse needs interrupts, and those stay off until then.
        current->QueueNext = s_free;
        s_free = current;
        Scheduler.SwitchAway();
    }

    /// <summary>Gives a thread its name, cut to what fits.</summary>
    public static void SetName(ThreadControl* thread, ReadOnlySpan<byte> name)
    {
        const int Capacity = 24;

        // SAFETY: the name field has this capacity; the last byte stays zero.
        Span<byte> field = new(thread->Name, Capacity);
        field.Clear();
        name[..Math.Min(name.Length, Capacity - 1)].CopyTo(field);
    }

    private static ThreadControl* Prepare(
        ReadOnlySpan<byte> name, ThreadPriority priority, delegate* unmanaged<nuint, nuint> entry, nuint argument, void* homeDomain)
    {
        ulong flags = Processor.DisableInterrupts();
        ThreadControl* thread = s_free;
        if (thread != null)
        {
            s_free = thread->QueueNext;
        }

        ulong threadId = ++s_lastThreadId;
        Processor.RestoreInterrupts(flags);
        if (thread == null)
        {
            thread = Allocate();
            if (thread == null)
            {
                return null;
            }
        }

        ulong stackHigh = thread->KernelStackTop;
        *thread = default;
        thread->ThreadId = threadId;
        thread->StackHigh = stackHigh;
        thread->KernelStackTop = stackHigh;
        thread->StackLow = stackHigh - StackBytes;
        thread->BasePriority = priority;
        thread->Priority = priority;
        thread->HomeDomain = homeDomain;
        thread->Entry = (ulong)entry;
        SetName(thread, name);

        // What thread_switch pops: r15 r14 r13 r12 rbp rbx, then the address it returns to.
        // Two empty words above, because the stack is a multiple of 16 where the entry is called from.
        ulong* stack = (ulong*)stackHigh;
        *--stack = 0;
        *--stack = 0;
        *--stack = GetThreadStart();
        stack -= SavedRegisterCount;
        stack[0] = 0;
        stack[1] = 0;
        stack[2] = 0;
        stack[3] = argument;
        stack[4] = 0;
        stack[5] = (ulong)entry;
        thread->SavedStackPointer = (ulong)stack;
        return thread;
    }

    // A control block and its stack, or null. Counted in one step with taking the pages, for whoever counts the machine's memory.
    private static ThreadControl* Allocate()
    {
        Scheduler.DisablePreemption();
        ThreadControl* thread = AllocateBlock();
        ulong stackHigh = thread == null ? 0 : KernelMappings.AllocateStack(StackBytes);
        if (stackHigh != 0)
        {
            thread->KernelStackTop = stackHigh;
            HeldPages += StackBytes / (uint)AddressLayout.PageBytes;
        }
        else if (thread != null)
        {
            ReturnBlock(thread);
            thread = null;
        }

        Scheduler.EnablePreemption();
        return thread;
    }

    // Many to a page: each tick looks at all of them, and after a switch of views the TLB knows none of their pages.
    private static ThreadControl* AllocateBlock()
    {
        if (s_blocks == null)
        {
            ThreadControl* page = (ThreadControl*)FrameAllocator.AllocateZeroedPage();
            if (page == null)
            {
                return null;
            }

            HeldPages++;
            for (int index = (int)AddressLayout.PageBytes / sizeof(ThreadControl); --index >= 0;)
            {
                ReturnBlock(page + index);
            }
        }

        ThreadControl* block = s_blocks;
        s_blocks = block->QueueNext;
        return block;
    }

    private static void ReturnBlock(ThreadControl* block)
    {
        block->QueueNext = s_blocks;
        s_blocks = block;
    }

    [System.Runtime.InteropServices.UnmanagedCallersOnly]
    private static nuint Idle(nuint argument)
    {
        while (true)
        {
            FrameAllocator.ZeroFreeFrames();
            IdleTime.Sleep();
        }
    }

    [RuntimeImport("*", "thread_get_start")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong GetThreadStart();
}
