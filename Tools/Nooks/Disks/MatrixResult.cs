using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;

namespace NooksOS.Tool.Disks;

/// <summary>What the demonstration shows. The names are those of its JSON document.</summary>
public sealed record MatrixResult
{
    /// <summary>Each kind of crash of each extension.</summary>
    public required IReadOnlyList<MatrixRow> Rows { get; init; }

    /// <summary>Objects and pages that recoveries have not got back.</summary>
    public required long Leaked { get; init; }

    /// <summary>What fsck.vfat found when the machine was off.</summary>
    public required IReadOnlyList<string> Check { get; init; }

    /// <summary>Files that the host finds as the guest was told to write them, when the machine is off; and how many there should be.</summary>
    public required int IdenticalOnHost { get; init; }

    /// <inheritdoc cref="IdenticalOnHost"/>
    public required int Files { get; init; }

    /// <summary>Whether every crash was recovered from, and nothing is lost or wrong.</summary>
    [JsonIgnore]
    public bool IsGood => Leaked == 0 && Check.Count == 0 && IdenticalOnHost == Files
        && Rows.All(static row => row.Recovered == row.Crashes && row.WrongFiles == 0);
}
