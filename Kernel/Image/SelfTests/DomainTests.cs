using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.Wrappers;
using ThreadPriority = NooksOS.Kernel.Threads.ThreadPriority;
using ThreadState = NooksOS.Kernel.Threads.ThreadState;

namespace NooksOS.Image.SelfTests;

/// <summary>What holds for a domain that runs while the tests do.</summary>
internal static class DomainTests
{
    private const int IntrusionMilliseconds = 5;
    private const int TimeoutMilliseconds = 5000;

    public static IEnumerable<SelfTest> All { get; } =
    [
        new("nobody enters a domain in the middle of a service that does not wait", NobodyEntersDuringAShortService),
        new("a thread that comes back to a dead domain does not begin to wait", ADeadDomainWaitsForNothing),
        new("a thread leaves a dead domain before others run", AThreadLeavesADeadDomainFirst),
        new("a wait may be as long as a number can say", TheLongestWaitIsNoShortOne),
        new("a thread that becomes less urgent runs no longer than it may", ALessUrgentThreadGivesWay),
        new("interrupt handlers that give back each other's line end", LineExchange.EachHandlerGivesBackTheOthersLine),
    ];

    // As after a call from a service into another domain, during which the caller's died.
    private static unsafe bool ADeadDomainWaitsForNothing()
    {
        DomainControl domain = default;
        domain.State = DomainState.Dead;
        XpcFrame call = default;
        call.Domain = &domain;
        call.InService = 1;

        // SAFETY: with interrupts off nobody looks at the frame but the wait, and it is gone before this method returns.
        ulong flags = Processor.DisableInterrupts();
        ThreadControl* current = Scheduler.Current;
        void* outer = current->XpcFrame;
        current->XpcFrame = &call;
        WaitResult dead = WaitTable.WaitWithInterruptsOff((ulong)&call, 1, ThreadState.WaitingForDomain);
        current->XpcFrame = outer;
        WaitResult living = WaitTable.WaitWithInterruptsOff((ulong)&call, 1, ThreadState.WaitingForDomain);
        Processor.RestoreInterrupts(flags);
        return dead == WaitResult.Cancelled && living == WaitResult.TimedOut;
    }

    private static unsafe bool AThreadLeavesADeadDomainFirst()
    {
        DomainControl* domain = (DomainControl*)NativeMemory.AllocZeroed((nuint)sizeof(DomainControl));
        domain->State = DomainState.Alive;
        domain->BudgetTicks = Watchdog.StartBudgetTicks;
        ThreadPriority priority = ThreadPriority.Idle;
        WaitResult result = WaitResult.Woken;
        bool isInside = false;
        Thread inside = new(() => result = WaitInside(domain, ref isInside, out priority));
        inside.Start();
        while (!Volatile.Read(ref isInside))
        {
            Thread.Sleep(IntrusionMilliseconds);
        }

        DomainFault fault = default;
        fault.Kind = FaultKind.Requested;
        bool wasKilled = DomainDeath.Kill(domain, in fault);
        bool isOver = inside.Join(TimeoutMilliseconds);
        NativeMemory.Free(domain);
        return wasKilled && isOver && result == WaitResult.Cancelled && priority == ThreadPriority.Recovery;
    }

    // As a service that a domain has called and that waits.
    private static unsafe WaitResult WaitInside(DomainControl* domain, ref bool isInside, out ThreadPriority priority)
    {
        XpcFrame call = default;
        call.Domain = domain;
        call.InService = 1;

        // SAFETY: the frame is on this thread's stack, and gone before this method returns. Nobody else runs until it waits.
        ulong flags = Processor.DisableInterrupts();
        Volatile.Write(ref isInside, true);
        ThreadControl* current = Scheduler.Current;
        current->XpcFrame = &call;
        WaitResult result = WaitTable.WaitWithInterruptsOff((ulong)&call, -1, ThreadState.WaitingForDomain);
        current->XpcFrame = null;
        priority = current->Priority;
        Scheduler.SetPriority(current, current->BasePriority);
        Processor.RestoreInterrupts(flags);
        return result;
    }

    private static unsafe bool TheLongestWaitIsNoShortOne()
    {
        const ulong Key = 0x5E1F_7E57;
        WaitResult result = WaitResult.TimedOut;
        bool isOver = false;
        Thread waiter = new(() =>
        {
            result = WaitTable.Wait(Key, long.MaxValue);
            Volatile.Write(ref isOver, true);
        });
        waiter.Start();
        do
        {
            Thread.Sleep(IntrusionMilliseconds);
        }
        while (!Volatile.Read(ref isOver) && WaitTable.Wake(Key, 1) == 0);
        return waiter.Join(TimeoutMilliseconds) && result == WaitResult.Woken;
    }

    // As one that leaves a dead domain, whose urgency it had been lent: whoever became ready meanwhile was not more urgent then.
    private static unsafe bool ALessUrgentThreadGivesWay()
    {
        bool hasRun = false;
        GCHandle done = GCHandle.Alloc(new Action(() => Volatile.Write(ref hasRun, true)));
        ulong flags = Processor.DisableInterrupts();
        ThreadControl* current = Scheduler.Current;
        Scheduler.SetPriority(current, ThreadPriority.Recovery);
        bool isMade = KernelThread.Create("urgent"u8, ThreadPriority.Agent, &RunAction, (nuint)GCHandle.ToIntPtr(done)) != null;
        Scheduler.SetPriority(current, current->BasePriority);
        Processor.RestoreInterrupts(flags);
        Scheduler.YieldToMoreUrgent(flags);
        return isMade && Volatile.Read(ref hasRun);
    }

    [UnmanagedCallersOnly]
    private static nuint RunAction(nuint argument)
    {
        GCHandle action = GCHandle.FromIntPtr((nint)argument);
        ((Action)action.Target!)();
        action.Free();
        return 0;
    }

    private static bool NobodyEntersDuringAShortService()
    {
        Domain instance = Domain.All().First(domain => domain.IsAlive);
        DomainChannel channel = OpenChannel(instance);
        ExtensionControlProxy control = new(channel);
        bool hasEntered = false;
        bool hasIntruded = false;
        Thread intruder = new(() => hasEntered = control.Null().Succeeded);
        instance.SetService(RuntimeServicesDispatcher.Contract, new ProbedRuntimeServices(new RuntimeServices(instance), () =>
        {
            intruder.Start();
            Thread.Sleep(IntrusionMilliseconds);
            hasIntruded = hasEntered;
        }));
        bool wasCalled = control.CallKernel(1).Succeeded;
        instance.SetService(RuntimeServicesDispatcher.Contract, new RuntimeServices(instance));
        bool isOver = intruder.Join(TimeoutMilliseconds);
        channel.Close();
        return wasCalled && isOver && hasEntered && !hasIntruded;
    }

    // SAFETY: the control block of a domain is never freed, and a call to a dead one is refused.
    private static unsafe DomainChannel OpenChannel(Domain instance) => new((nint)instance.Control);
}
