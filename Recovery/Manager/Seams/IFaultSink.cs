namespace NooksOS.Recovery;

/// <summary>Where a failure is reported.</summary>
public interface IFaultSink
{
    /// <summary>
    /// Numbers the instance that is in a domain now, or is being loaded there; zero if the domain is not known. Who may find a failure
    /// late asks this first, then makes sure that the instance which it was found in is there still, and reports it with this number:
    /// an instance that takes its place in between is not blamed.
    /// </summary>
    uint CurrentInstance(uint domainId);

    /// <summary>
    /// Reports a failure, from a thread (not from an interrupt handler). The domain is stopped before this returns. False if
    /// the domain is not known, has failed already or has another instance, so that one failure makes one record.
    /// </summary>
    bool Report(FaultReport report);
}
