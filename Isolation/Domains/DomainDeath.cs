using NooksOS.Contracts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;

namespace NooksOS.Isolation;

/// <summary>
/// The first step of every recovery: mark the domain dead, so that nobody enters and whoever is inside leaves at the next
/// gate or trap. Runs in interrupt handlers too; everything slow is left to the recovery thread that it wakes.
/// </summary>
public static unsafe class DomainDeath
{
    private static int s_pending;

    /// <summary>Has waits on behalf of dead domains refused from now on.</summary>
    public static void Install() => WaitTable.IsStopped = &IsStopped;

    /// <summary>
    /// Kills the domain. The first cause counts; false if it was dead already.
    /// </summary>
    public static bool Kill(DomainControl* domain, in DomainFault fault)
    {
        ulong flags = Processor.DisableInterrupts();
        bool first = domain->State == DomainState.Alive;
        if (first)
        {
            domain->State = DomainState.Dead;
            domain->Fault = fault;
            domain->Fault.TimeNanoseconds = Clock.Nanoseconds;
            HurryOut(domain);
            WaitTable.Wake((ulong)domain, int.MaxValue);
            s_pending++;
            WaitTable.Wake(PendingKey, int.MaxValue);
        }

        Processor.RestoreInterrupts(flags);
        return first;
    }

    /// <summary>Waits until a domain has died since the count that was seen last. Returns the new count.</summary>
    public static int WaitForDeath(int seen, long timeoutNanoseconds)
    {
        ulong flags = Processor.DisableInterrupts();
        if (s_pending == seen)
        {
            WaitTable.WaitWithInterruptsOff(PendingKey, timeoutNanoseconds, ThreadState.Waiting);
        }

        int count = s_pending;
        Processor.RestoreInterrupts(flags);
        return count;
    }

    /// <summary>Fills the registers of a fault from the interrupted state.</summary>
    public static DomainFault FromTrap(TrapFrame* frame, FaultKind kind)
    {
        DomainFault fault = default;
        fault.Kind = kind;
        fault.Vector = (uint)frame->Vector;
        fault.ErrorCode = frame->ErrorCode;
        fault.InstructionPointer = frame->Rip;
        fault.StackPointer = frame->Rsp;
        fault.ThreadId = Scheduler.Current->ThreadId;
        fault.Registers[0] = frame->Rax;
        fault.Registers[1] = frame->Rbx;
        fault.Registers[2] = frame->Rcx;
        fault.Registers[3] = frame->Rdx;
        fault.Registers[4] = frame->Rsi;
        fault.Registers[5] = frame->Rdi;
        fault.Registers[6] = frame->Rbp;
        fault.Registers[7] = frame->R8;
        fault.Registers[8] = frame->R9;
        fault.Registers[9] = frame->R10;
        fault.Registers[10] = frame->R11;
        fault.Registers[11] = frame->R12;
        fault.Registers[12] = frame->R13;
        fault.Registers[13] = frame->R14;
        fault.Registers[14] = frame->R15;
        return fault;
    }

    private const ulong PendingKey = 0xDEAD_D0;

    // The innermost call counts: a thread that is on from a dead domain into a living one acts for that one until it is back.
    private static bool IsStopped(ThreadControl* thread)
    {
        XpcFrame* frame = (XpcFrame*)thread->XpcFrame;
        return frame != null && frame->Domain->State == DomainState.Dead;
    }

    // A thread that waits in a service for a dead domain would keep the teardown waiting, and so would one that gets no processor
    // because more urgent ones are busy: it lends its urgency back when it leaves.
    private static void HurryOut(DomainControl* domain)
    {
        for (ThreadControl* thread = Scheduler.AllThreads; thread != null; thread = thread->Next)
        {
            XpcFrame* frame = (XpcFrame*)thread->XpcFrame;
            if (frame == null || frame->Domain != domain)
            {
                continue;
            }

            if (thread->Priority < ThreadPriority.Recovery)
            {
                Scheduler.SetPriority(thread, ThreadPriority.Recovery);
            }

            if (frame->InService != 0)
            {
                WaitTable.Cancel(thread);
            }
        }
    }
}
