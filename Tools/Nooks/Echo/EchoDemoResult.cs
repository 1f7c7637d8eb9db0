using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Echo;

/// <summary>What the demonstration shows. The names are those of its JSON document.</summary>
public sealed record EchoDemoResult
{
    private const double Median = 50;
    private const double Tail = 99;
    private const int Digits = 3;

    /// <summary>Puts the account of the datagrams and the kernel's fault records together.</summary>
    public EchoDemoResult(EchoCounts counts, int crashes, IReadOnlyList<FaultRecord> faults)
    {
        double[] recoveries = [.. faults.Select(fault => fault.RecoveryMilliseconds).OfType<double>()];
        Sent = counts.Sent;
        Answered = counts.Answered;
        Lost = counts.Lost;
        Duplicated = counts.Duplicated;
        Corrupted = counts.Corrupted;
        LongestGapMilliseconds = Math.Round(counts.LongestGapMilliseconds, Digits);
        Crashes = crashes;
        Recovered = recoveries.Length;
        Failures = [.. faults.Select(fault => fault.ToString())];
        RecoveryP50Milliseconds = Percentiles.Of(recoveries, Median);
        RecoveryP99Milliseconds = Percentiles.Of(recoveries, Tail);
    }

    /// <summary>Datagrams sent.</summary>
    public long Sent { get; }

    /// <summary>Datagrams that came back.</summary>
    public long Answered { get; }

    /// <summary>Datagrams that did not.</summary>
    public long Lost { get; }

    /// <summary>Answers that came once more.</summary>
    public long Duplicated { get; }

    /// <summary>Answers that were not what was sent.</summary>
    public long Corrupted { get; }

    /// <summary>The longest time without an answer.</summary>
    public double LongestGapMilliseconds { get; }

    /// <summary>How often the extension was crashed.</summary>
    public int Crashes { get; }

    /// <summary>How often the kernel recovered it.</summary>
    public int Recovered { get; }

    /// <summary>Each failure in order: how it was detected, when and where, and how its recovery ended.</summary>
    public IReadOnlyList<string> Failures { get; }

    /// <summary>The median time from a failure to a driver that is ready; null without a recovery.</summary>
    public double? RecoveryP50Milliseconds { get; }

    /// <summary>The time that 99 in 100 recoveries do not exceed; null without a recovery.</summary>
    public double? RecoveryP99Milliseconds { get; }

    /// <summary>True where datagrams came back, none damaged, and every crash was recovered.</summary>
    [JsonIgnore]
    public bool IsGood => Answered > 0 && Corrupted == 0 && Recovered == Crashes;
}
