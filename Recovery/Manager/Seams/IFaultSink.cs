namespace NooksOS.Recovery;

/// <summary>Where a failure is reported.</summary>
public interface IFaultSink
{
    /// <summary>
    /// Reports a failure, from a thread (not from an interrupt handler). The domain is stopped before this returns. False if
    /// the domain is not known or has failed already, so that one failure makes one record.
    /// </summary>
    bool Report(FaultReport report);
}
