using NooksOS.Recovery;

namespace NooksOS.Image.Hosting;

/// <summary>Passes on what the health monitor finds, with the time of day of the recovery manager instead of ticks.</summary>
internal sealed class HealthFaults(IFaultSink manager, IKernelClock clock) : IFaultSink
{
    /// <inheritdoc/>
    public uint CurrentInstance(uint domainId) => manager.CurrentInstance(domainId);

    /// <inheritdoc/>
    public bool Report(FaultReport report) => manager.Report(new FaultReport
    {
        DomainId = report.DomainId,
        Instance = report.Instance,
        Kind = report.Kind,
        TimeNanoseconds = clock.NowNanoseconds,
        Detail = report.Detail,
    });
}
