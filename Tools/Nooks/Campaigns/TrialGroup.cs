using System;
using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Tool.Campaigns;

/// <summary>Trials that are counted together.</summary>
public sealed class TrialGroup
{
    private const double Percent = 100;

    private readonly IReadOnlyList<TrialRecord> _trials;

    /// <summary>Counts trials.</summary>
    public TrialGroup(CampaignConfiguration configuration, string name, IReadOnlyList<TrialRecord> trials)
    {
        Configuration = configuration;
        Name = name;
        _trials = trials;
    }

    /// <summary>How extensions were isolated.</summary>
    public CampaignConfiguration Configuration { get; }

    /// <summary>The extension or the type of fault.</summary>
    public string Name { get; }

    /// <summary>Trials.</summary>
    public int Count => _trials.Count;

    /// <summary>Faults that were put in.</summary>
    public int Injected => _trials.Sum(trial => trial.Faults.Count);

    /// <summary>Faults that were reached, as far as the kernel lived to tell.</summary>
    public int Activated => _trials.Sum(trial => trial.Activated);

    /// <summary>Trials in which something came of the faults.</summary>
    public int Manifested => _trials.Count(trial => TrialOutcomes.IsManifested(trial.Outcome));

    /// <summary>Trials in which the system came back by itself.</summary>
    public int Recovered => _trials.Count(trial => TrialOutcomes.IsRecovered(trial.Outcome));

    /// <summary>The share of manifested trials in which the system came back by itself, in percent; null if none manifested.</summary>
    public double? RecoveredPercent => Share(Recovered);

    /// <summary>The same, where users saw a pause at most.</summary>
    public double? TransparentPercent => Share(CountOf(TrialOutcome.RecoveredUnseen) + CountOf(TrialOutcome.RecoveredPause));

    /// <summary>How many trials had an outcome.</summary>
    public int CountOf(TrialOutcome outcome) => _trials.Count(trial => trial.Outcome == outcome);

    /// <summary>Times from a fault's activation to its detection, ascending.</summary>
    public double[] DetectionMilliseconds() => Sorted(trial => trial.DetectionMilliseconds);

    /// <summary>Times of recoveries, ascending.</summary>
    public double[] RecoveryMilliseconds() => Sorted(trial => trial.RecoveryMilliseconds);

    /// <summary>A percentile of ascending values; null if there are none.</summary>
    public static double? Percentile(double[] ascending, double percent)
    {
        ArgumentNullException.ThrowIfNull(ascending);
        return ascending.Length == 0 ? null : ascending[(int)Math.Ceiling(percent / Percent * ascending.Length) - 1];
    }

    private double? Share(int part) => Manifested == 0 ? null : Percent * part / Manifested;

    private double[] Sorted(Func<TrialRecord, double?> value)
        => [.. _trials.Select(value).OfType<double>().Order()];
}
