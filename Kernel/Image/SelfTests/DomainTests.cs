using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.Wrappers;
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
        new("a wait may be as long as a number can say", TheLongestWaitIsNoShortOne),
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

    private static unsafe bool TheLongestWaitIsNoShortOne()
    {
        const ulong Key = 0x5E1F_7E57;
        WaitResult result = WaitResult.TimedOut;
        bool isOver = false;
        Thread waiter = new(() =>
        {
            result = WaitTable.Wait(Key, long.MaxValue);
            isOver = true;
        });
        waiter.Start();
        Thread.Sleep(IntrusionMilliseconds);
        bool hasWaited = !isOver;
        return WaitTable.Wake(Key, 1) == 1 && waiter.Join(TimeoutMilliseconds) && hasWaited && result == WaitResult.Woken;
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
