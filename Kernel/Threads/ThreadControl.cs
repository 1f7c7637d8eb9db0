using System.Runtime.InteropServices;

namespace NooksOS.Kernel.Threads;

/// <summary>
/// One kernel thread. Plain memory, not an object: interrupt handlers follow these pointers, and the collector must not run
/// there. The first 64 bytes are the ThreadBlock that the runtime in the kernel image knows.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
public unsafe struct ThreadControl
{
    /// <summary>Next in the list of all threads.</summary>
    [FieldOffset(0)]
    public ThreadControl* Next;

    /// <summary>Stack pointer while the thread does not run.</summary>
    [FieldOffset(8)]
    public ulong SavedStackPointer;

    /// <summary>Lowest address of the kernel stack.</summary>
    [FieldOffset(16)]
    public ulong StackLow;

    /// <summary>End of the kernel stack.</summary>
    [FieldOffset(24)]
    public ulong StackHigh;

    /// <summary>Head of the runtime's list of exceptions in flight.</summary>
    [FieldOffset(32)]
    public void* ExceptionInfoHead;

    /// <summary>The runtime's root of thread statics.</summary>
    [FieldOffset(40)]
    public void* ThreadStatics;

    /// <summary>Identity, from one; never reused.</summary>
    [FieldOffset(48)]
    public ulong ThreadId;

    /// <summary>Owned by the runtime.</summary>
    [FieldOffset(56)]
    public ulong RuntimeFlags;

    /// <summary>Where the stack starts when the thread is made.</summary>
    [FieldOffset(64)]
    public ulong KernelStackTop;

    /// <summary>Innermost XpcFrame, or null while the thread is in no domain.</summary>
    [FieldOffset(72)]
    public void* XpcFrame;

    /// <summary>What it is doing.</summary>
    [FieldOffset(80)]
    public ThreadState State;

    /// <summary>The priority it was given.</summary>
    [FieldOffset(84)]
    public ThreadPriority BasePriority;

    /// <summary>The priority in force, raised while a more urgent thread waits for a domain it is in.</summary>
    [FieldOffset(88)]
    public ThreadPriority Priority;

    /// <summary>Ticks left before another thread of the same priority gets its turn.</summary>
    [FieldOffset(92)]
    public uint SliceTicks;

    /// <summary>Next in the run queue or among the waiters of a key.</summary>
    [FieldOffset(96)]
    public ThreadControl* QueueNext;

    /// <summary>Next in the list of sleepers, soonest first.</summary>
    [FieldOffset(104)]
    public ThreadControl* SleepNext;

    /// <summary>When to wake at the latest, in nanoseconds since boot; only while in the list of sleepers.</summary>
    [FieldOffset(112)]
    public long WakeTime;

    /// <summary>What it waits for.</summary>
    [FieldOffset(120)]
    public ulong WaitKey;

    /// <summary>How the wait ended.</summary>
    [FieldOffset(128)]
    public WaitResult WaitResult;

    /// <summary>Whether it is in the list of sleepers.</summary>
    [FieldOffset(132)]
    public uint IsSleeping;

    /// <summary>The domain that made the thread, as a DomainControl; null for threads of the kernel.</summary>
    [FieldOffset(144)]
    public void* HomeDomain;

    /// <summary>Ticks of the timer during which it ran.</summary>
    [FieldOffset(152)]
    public ulong Ticks;

    /// <summary>Name in ASCII, zero padded.</summary>
    [FieldOffset(160)]
    public fixed byte Name[24];

    /// <summary>How often the thread got the processor.</summary>
    [FieldOffset(184)]
    public ulong Switches;

    /// <summary>Where the thread begins; kept for the list of threads.</summary>
    [FieldOffset(192)]
    public ulong Entry;

    /// <summary>The tick of the scheduler at which it began to wait for the domain that it wants to enter.</summary>
    [FieldOffset(200)]
    public ulong MonitorTick;
}
