using NooksOS.Contracts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;

namespace NooksOS.Isolation;

/// <summary>
/// Ends domains in which a call runs or waits too long. Counts timer ticks during which the call really ran, in the domain or in one
/// service of the kernel after the other, or waited in a service; time in which other threads had the processor is not held against it.
/// </summary>
/// <remarks>
/// A tick that finds a running call where none has found it before does not count, for as long as there is room to remember such
/// places. An emulator translates code when it runs for the first time, which takes as long as a busy host lets it; a call that hangs
/// is found in the same few places again and again.
/// </remarks>
public static unsafe class Watchdog
{
    /// <summary>Ticks that one call may take, unless the domain's control block says otherwise.</summary>
    public const ulong DefaultBudgetTicks = 50;

    /// <summary>Ticks for starting an instance, in which the runtime initialises itself.</summary>
    public const ulong StartBudgetTicks = 2000;

    /// <summary>Takes part in timer ticks from now on.</summary>
    public static void Install() => TrapHooks.Tick = &OnTick;

    private static void OnTick(TrapFrame* trap, long nowNanoseconds)
    {
        ThreadControl* current = Scheduler.Current;
        XpcFrame* call = (XpcFrame*)current->XpcFrame;
        if (call != null)
        {
            call->Domain->RanTicks++;
            if (CountRun(current, call, trap->Rip) > call->Domain->BudgetTicks)
            {
                DomainFault fault = trap->FromDomain != 0
                    ? DomainDeath.FromTrap(trap, FaultKind.Runaway)
                    : FromService(FaultKind.Runaway, current, call);
                DomainDeath.Kill(call->Domain, in fault);
            }
        }

        for (ThreadControl* thread = Scheduler.AllThreads; thread != null; thread = thread->Next)
        {
            if (thread->State is ThreadState.Waiting or ThreadState.WaitingForDomain && thread->XpcFrame != null)
            {
                CountWait(thread, (XpcFrame*)thread->XpcFrame);
            }
        }
    }

    // Inside, or in a service during which the domain stays closed: both are time that the domain takes from others.
    private static bool KeepsOthersOut(ThreadControl* thread, XpcFrame* call) => call->Domain->Owner == thread;

    // A thread of the domain's own is never done, and under load it never waits either. What shows that it goes on is that the
    // domain calls the kernel; while a thread hangs in the domain, none of its others can. If others want in, it has to be a
    // call that lets them.
    private static ulong CountRun(ThreadControl* thread, XpcFrame* call, ulong instructionPointer)
    {
        DomainControl* domain = call->Domain;
        bool isOwnLoop = IsOwnLoop(thread, call);
        if (!KeepsOthersOut(thread, call))
        {
            return isOwnLoop ? 0 : call->CountService();
        }

        if (isOwnLoop
            && (domain->Turns != domain->WatchedTurns || (domain->Waiters == 0 && domain->CallsOut != domain->WatchedCallsOut)))
        {
            domain->WatchedTurns = domain->Turns;
            domain->WatchedCallsOut = domain->CallsOut;
            call->Ticks = 0;
        }

        return call->CountRun(instructionPointer);
    }

    private static void CountWait(ThreadControl* thread, XpcFrame* call)
    {
        if (IsOwnLoop(thread, call) && !KeepsOthersOut(thread, call))
        {
            // A thread of the domain's own may wait for work as long as it likes.
            call->Ticks = 0;
            return;
        }

        if (call->CountWait() > call->Domain->BudgetTicks && call->Domain->State == DomainState.Alive)
        {
            DomainFault fault = FromService(FaultKind.Deadlock, thread, call);
            DomainDeath.Kill(call->Domain, in fault);
        }
    }

    private static DomainFault FromService(FaultKind kind, ThreadControl* thread, XpcFrame* call)
    {
        DomainFault fault = default;
        fault.Kind = kind;
        CallSite.Fill(ref fault, call);
        fault.ThreadId = thread->ThreadId;
        fault.ErrorCode = call->Service;
        return fault;
    }

    private static bool IsOwnLoop(ThreadControl* thread, XpcFrame* call)
        => thread->HomeDomain == call->Domain && call->Previous == null;
}
