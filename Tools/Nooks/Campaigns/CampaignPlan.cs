using System;
using System.Collections.Generic;
using System.Linq;

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

    /// <summary>The type of the faults of a trial.</summary>
    public string TypeOf(TrialKey key) => Types[key.Trial % Types.Count];

    /// <summary>Whether another plan is the same.</summary>
    public bool IsSame(CampaignPlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Trials, FaultsPerTrial, Seed, Nic) == (other.Trials, other.FaultsPerTrial, other.Seed, other.Nic)
            && Extensions.SequenceEqual(other.Extensions)
            && Types.SequenceEqual(other.Types)
            && Configurations.SequenceEqual(other.Configurations);
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
}
