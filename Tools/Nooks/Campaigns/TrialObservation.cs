using System.Collections.Generic;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Campaigns;

/// <summary>Everything that was seen of a trial in which the kernel lived.</summary>
public sealed record TrialObservation
{
    /// <summary>The extension that got the faults.</summary>
    public string Extension { get; init; } = string.Empty;

    /// <summary>The faults, after the workload.</summary>
    public IReadOnlyList<InjectedFault> Faults { get; init; } = [];

    /// <summary>What the users saw.</summary>
    public WorkloadResult Workload { get; init; } = new(true, 0, 0, 0, null);

    /// <summary>The failures that the kernel recorded meanwhile.</summary>
    public IReadOnlyList<FaultRecord> Failures { get; init; } = [];

    /// <summary>Whether all extensions run again.</summary>
    public bool AllRun { get; init; }

    /// <summary>Whether a workload without faults completes after the trial.</summary>
    public bool WorksAfterwards { get; init; }

    /// <summary>What the proof of soundness found wrong; null if nothing.</summary>
    public string? Damage { get; init; }

    /// <summary>What users had before and have lost for good; null if nothing.</summary>
    public string? Loss { get; init; }
}
