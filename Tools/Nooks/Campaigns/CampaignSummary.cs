using System;
using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Tool.Campaigns;

/// <summary>What the trials of a campaign come to.</summary>
public sealed class CampaignSummary
{
    /// <summary>Sums up finished trials.</summary>
    public CampaignSummary(CampaignPlan plan, IReadOnlyList<TrialRecord> trials)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(trials);
        Plan = plan;
        Trials = [.. trials.OrderBy(trial => trial.Extension).ThenBy(trial => trial.Trial)];
        Groups =
        [
            .. from configuration in plan.Configurations
               from extension in plan.Extensions
               let own = trials.Where(trial => trial.Key().Configuration == configuration && trial.Extension == extension).ToArray()
               where own.Length > 0
               select new TrialGroup(configuration, extension, own),
        ];
        Configurations =
        [
            .. from configuration in plan.Configurations
               let own = trials.Where(trial => trial.Key().Configuration == configuration).ToArray()
               where own.Length > 0
               select new TrialGroup(configuration, "all", own),
        ];
        Types =
        [
            .. from configuration in plan.Configurations
               from type in plan.Types
               let own = trials.Where(trial => trial.Key().Configuration == configuration && trial.Type == type).ToArray()
               where own.Length > 0
               select new TrialGroup(configuration, type, own),
        ];
    }

    /// <summary>What the campaign consists of.</summary>
    public CampaignPlan Plan { get; }

    /// <summary>All finished trials.</summary>
    public IReadOnlyList<TrialRecord> Trials { get; }

    /// <summary>By configuration and extension.</summary>
    public IReadOnlyList<TrialGroup> Groups { get; }

    /// <summary>By configuration.</summary>
    public IReadOnlyList<TrialGroup> Configurations { get; }

    /// <summary>By configuration and type of fault.</summary>
    public IReadOnlyList<TrialGroup> Types { get; }

    /// <summary>Trials after which something was wrong that recovery should have prevented, worst first.</summary>
    public IReadOnlyList<TrialRecord> Escapes =>
        [.. Trials.Where(trial => trial.Outcome > TrialOutcome.RecoveredError).OrderByDescending(trial => trial.Outcome)];
}
