using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The registration of one instance with its shadow, as its domain holds it. It ends with the instance. One that ends before, by whatever
/// way, is a failure of the extension: its users count on an instance that lives, and that nobody would ever call again.
/// </summary>
/// <param name="kind">What the instance is registered as.</param>
/// <param name="domainId">The domain that the recovery manager knows the extension by.</param>
/// <param name="faults">Where the failure is reported.</param>
/// <param name="clock">Time.</param>
internal abstract class Registration(TrackedKind kind, uint domainId, IFaultSink faults, IKernelClock clock) : TrackedObject(kind)
{
    /// <summary>Takes the registration from the shadow. True if that had not been told of the end of the instance.</summary>
    protected abstract bool Unregister();

    protected override bool Release()
    {
        uint instance = faults.CurrentInstance(domainId);
        if (Unregister())
        {
            faults.Report(new FaultReport
            {
                DomainId = domainId,
                Instance = instance,
                Kind = FaultKind.BadHandle,
                TimeNanoseconds = clock.NowNanoseconds,
                Detail = $"is not registered any more: {Kind} {Description}",
            });
        }

        return true;
    }
}
