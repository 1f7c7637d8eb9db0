using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>Reports of failures that are found outside the call in which they happen.</summary>
public static class LateReports
{
    /// <summary>
    /// Reports a failure if the instance in which it was found is still there. Others find failures too, and may have had it replaced
    /// meanwhile.
    /// </summary>
    /// <param name="faults">Where it is reported.</param>
    /// <param name="domainId">The domain.</param>
    /// <param name="isStillThere">Whether the instance in which it was found is there, and ready to work. No lock is held.</param>
    /// <param name="kind">How it was detected.</param>
    /// <param name="nowNanoseconds">When.</param>
    /// <param name="detail">In words.</param>
    public static void ReportLate(
        this IFaultSink faults, uint domainId, Func<bool> isStillThere, FaultKind kind, long nowNanoseconds, string detail)
    {
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(isStillThere);

        // In this order: what is replaced after the look has another number, and the report is refused.
        uint instance = faults.CurrentInstance(domainId);
        if (isStillThere())
        {
            faults.Report(new FaultReport
            {
                DomainId = domainId,
                Instance = instance,
                Kind = kind,
                TimeNanoseconds = nowNanoseconds,
                Detail = detail,
            });
        }
    }
}
