using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Wrappers;

namespace NooksOS.Image.SelfTests;

/// <summary>What holds for a domain that runs while the tests do.</summary>
internal static class DomainTests
{
    private const int IntrusionMilliseconds = 5;
    private const int TimeoutMilliseconds = 5000;

    public static IEnumerable<SelfTest> All { get; } =
    [
        new("nobody enters a domain in the middle of a service that does not wait", NobodyEntersDuringAShortService),
    ];

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
