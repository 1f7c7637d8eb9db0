namespace NooksOS.Tool.Disks;

/// <summary>How one copy of the tree went. The names are those of the JSON document.</summary>
public sealed record CopyResult
{
    /// <summary>What was crashed meanwhile.</summary>
    public required string Extension { get; init; }

    /// <summary>How long the copy took.</summary>
    public required double Seconds { get; init; }

    /// <summary>How often it was crashed.</summary>
    public required int Crashes { get; init; }

    /// <summary>What the command that copied said when it failed; null if it did not.</summary>
    public required string? Error { get; init; }

    /// <summary>Files that the guest reads as they were before.</summary>
    public required int IdenticalInGuest { get; init; }

    /// <summary>Files that the host finds on the disk as they were before, when the machine is off.</summary>
    public int IdenticalOnHost { get; init; }

    /// <summary>Whether nothing went wrong with so many files.</summary>
    public bool IsGood(int files) => Error is null && IdenticalInGuest == files && IdenticalOnHost == files;
}
