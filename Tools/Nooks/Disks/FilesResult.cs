using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;

namespace NooksOS.Tool.Disks;

/// <summary>What the demonstration shows. The names are those of its JSON document.</summary>
public sealed record FilesResult
{
    /// <summary>How many files the tree has.</summary>
    public required int Files { get; init; }

    /// <summary>The copies.</summary>
    public required IReadOnlyList<CopyResult> Copies { get; init; }

    /// <summary>What fsck.vfat found when the machine was off.</summary>
    public required IReadOnlyList<string> Check { get; init; }

    /// <summary>Failures that the kernel has recorded.</summary>
    public required int Faults { get; init; }

    /// <summary>Of them those that the extension has recovered from.</summary>
    public required int Recovered { get; init; }

    /// <summary>Objects and pages that recoveries have not got back.</summary>
    public required long Leaked { get; init; }

    /// <summary>The median time from a failure until the extension was ready again.</summary>
    public required double? RecoveryP50Milliseconds { get; init; }

    /// <summary>What 99 in 100 of these times do not exceed.</summary>
    public required double? RecoveryP99Milliseconds { get; init; }

    /// <summary>Whether every copy is whole, and the disk is in order.</summary>
    [JsonIgnore]
    public bool IsGood => Check.Count == 0 && Leaked == 0 && Copies.All(copy => copy.IsGood(Files));
}
