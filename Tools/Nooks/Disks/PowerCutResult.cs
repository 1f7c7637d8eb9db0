using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace NooksOS.Tool.Disks;

/// <summary>What the demonstration shows. The names are those of its JSON document.</summary>
public sealed record PowerCutResult
{
    /// <summary>How often the emulator was killed.</summary>
    public required int Kills { get; init; }

    /// <summary>Of them those before the machine was ready, when the file system was perhaps being put in order.</summary>
    public required int KillsWhileBooting { get; init; }

    /// <summary>Changes of files that were made.</summary>
    public required int Changes { get; init; }

    /// <summary>Of them those that were made and flushed before the kill.</summary>
    public required int FlushedChanges { get; init; }

    /// <summary>Files that had been flushed and were looked at after a kill, each as often as that was.</summary>
    public required int FilesChecked { get; init; }

    /// <summary>Disks that had something to be put in order, which is no damage: the mark that they were in use, clusters that belong to nobody.</summary>
    public required int DisksInUse { get; init; }

    /// <summary>What was wrong: after which kill, and what. Must be empty.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Whether nothing was wrong.</summary>
    [JsonIgnore]
    public bool IsGood => Problems.Count == 0;
}
