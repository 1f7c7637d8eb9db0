using System.Collections.Generic;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Campaigns;

/// <summary>The result of one trial: one line of <c>trials.jsonl</c>. The schema is this class, in camel case.</summary>
public sealed record TrialRecord
{
    /// <summary>The extension that got the faults.</summary>
    public string Extension { get; init; } = string.Empty;

    /// <summary>"domain" or "direct".</summary>
    public string Mode { get; init; } = string.Empty;

    /// <summary>"ring3", "pagetable", "pks", or "none" in direct mode.</summary>
    public string Protection { get; init; } = string.Empty;

    /// <summary>What was under test, as <see cref="BuildStamp"/> names it: trials of several builds are no one campaign.</summary>
    public string? Build { get; init; }

    /// <summary>The number of the trial.</summary>
    public int Trial { get; init; }

    /// <summary>The seed of its faults.</summary>
    public long Seed { get; init; }

    /// <summary>The type of its faults.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>The faults.</summary>
    public IReadOnlyList<InjectedFault> Faults { get; init; } = [];

    /// <summary>How many of them were reached. Zero where the kernel died before it could tell.</summary>
    public int Activated { get; init; }

    /// <summary>What became of it.</summary>
    public TrialOutcome Outcome { get; init; }

    /// <summary>How the first failure was detected; null if none was.</summary>
    public string? DetectedBy { get; init; }

    /// <summary>What the kernel said of it in words.</summary>
    public string? Complaint { get; init; }

    /// <summary>When the injection was over and users came, since the machine was started.</summary>
    public double InjectedMilliseconds { get; init; }

    /// <summary>When it was detected, since the machine was started.</summary>
    public double? DetectedMilliseconds { get; init; }

    /// <summary>The function that failed.</summary>
    public string? FailedIn { get; init; }

    /// <summary>From when the fault was reached that showed itself to the detection, in guest time, as <see cref="DetectionLatency"/> counts it.</summary>
    public double? DetectionMilliseconds { get; init; }

    /// <summary>From the detection to an extension that works again, in guest time.</summary>
    public double? RecoveryMilliseconds { get; init; }

    /// <summary>The steps of that recovery.</summary>
    public IReadOnlyList<FaultStep> RecoverySteps { get; init; } = [];

    /// <summary>How many failures were recorded.</summary>
    public int Failures { get; init; }

    /// <summary>Of these, those of other extensions than the one with the faults.</summary>
    public int FailuresElsewhere { get; init; }

    /// <summary>What the users saw.</summary>
    public WorkloadResult? Workload { get; init; }

    /// <summary>Why it ended as it did: what the proof of soundness missed, the first line of a panic, the end of a hung console.</summary>
    public string? Detail { get; init; }

    /// <summary>How long the trial took on the host.</summary>
    public double HostSeconds { get; init; }

    /// <summary>Where that time went: to a boot, the injection, the users' work, waiting for recoveries, a reload, proofs, and other work afterwards.</summary>
    public IReadOnlyDictionary<string, double>? PhaseSeconds { get; init; }

    /// <summary>The trial's name.</summary>
    public TrialKey Key() => new(Extension, new CampaignConfiguration(Mode, Protection), Trial);
}
