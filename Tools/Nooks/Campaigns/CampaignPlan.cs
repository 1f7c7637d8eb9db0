using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Serialization;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Campaigns;

/// <summary>What a campaign consists of. Written to its folder, so that a later run goes on with the same.</summary>
public sealed record CampaignPlan
{
    /// <summary>The extensions that get faults.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The types of faults. A trial has one type; each has an equal share of the trials.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The ways of isolation.</summary>
    public IReadOnlyList<CampaignConfiguration> Configurations { get; init; } = [];

    /// <summary>Trials of each extension in each configuration.</summary>
    public int Trials { get; init; }

    /// <summary>Faults in a trial.</summary>
    public int FaultsPerTrial { get; init; }

    /// <summary>What all faults follow from.</summary>
    public long Seed { get; init; }

    /// <summary>The network card of the machine.</summary>
    public string Nic { get; init; } = string.Empty;

    /// <summary>Whether the machine has an IOMMU. What was written before there was a choice had none.</summary>
    public Iommu Iommu { get; init; } = Iommu.Off;

    /// <summary>The type of the faults of a trial.</summary>
    public string TypeOf(TrialKey key) => Types[key.Trial % Types.Count];

    /// <summary>Whether it says everything that a campaign needs.</summary>
    [JsonIgnore]
    public bool IsWhole => Extensions is { Count: > 0 } && Types is { Count: > 0 } && Configurations is { Count: > 0 } && Nic is not null && Trials > 0;

    /// <summary>What a user would have to say otherwise for this plan than for another one, as far as the first difference goes; null if they are the same.</summary>
    public string? DifferenceFrom(CampaignPlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (string Option, string Own, string Others)[] options =
        [
            ("--seed", Text(Seed), Text(other.Seed)),
            ("--trials", Text(Trials), Text(other.Trials)),
            ("--faults-per-trial", Text(FaultsPerTrial), Text(other.FaultsPerTrial)),
            ("--extension", string.Join(' ', Extensions), string.Join(' ', other.Extensions)),
            ("--types", string.Join(',', Types), string.Join(',', other.Types)),
            ("--mode and --protection for", Names(this), Names(other)),
            ("--nic", Nic, other.Nic),
            ("--iommu", Iommu.ToString().ToLowerInvariant(), other.Iommu.ToString().ToLowerInvariant()),
        ];
        return options.Where(option => option.Own != option.Others).Select(option => $"{option.Option} {option.Own} and not {option.Others}").FirstOrDefault();
    }

    /// <summary>Whether a finished trial is one of this campaign.</summary>
    public bool Contains(TrialRecord trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        TrialKey key = trial.Key();
        return Extensions.Contains(key.Extension)
            && Configurations.Contains(key.Configuration)
            && key.Trial >= 0 && key.Trial < Trials
            && trial.Seed == key.SeedFor(Seed)
            && trial.Type == TypeOf(key);
    }

    /// <summary>
    /// The trials of one shard, in the order in which they are run: a machine serves one configuration, and the extensions take turns, so
    /// that a campaign that is cut short says something about each.
    /// </summary>
    /// <param name="shard">Which shard, from zero.</param>
    /// <param name="shards">How many there are.</param>
    public IEnumerable<TrialKey> Keys(int shard, int shards) =>
        from configuration in Configurations
        from trial in Enumerable.Range(0, Trials)
        where trial % shards == shard
        from extension in Extensions
        select new TrialKey(extension, configuration, trial);

    private static string Names(CampaignPlan plan) => string.Join(',', plan.Configurations.Select(configuration => configuration.Name));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
