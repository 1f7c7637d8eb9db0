namespace NooksOS.Tool.Floods;

/// <summary>What became of real requests.</summary>
/// <param name="Succeeded">Requests that were answered rightly.</param>
/// <param name="Failed">Requests that were not.</param>
/// <param name="LongestMilliseconds">How long the slowest one took.</param>
public sealed record ServiceCounts(int Succeeded, int Failed, double LongestMilliseconds)
{
    /// <summary>How the first one failed; null if none did.</summary>
    public string? FirstFailure { get; init; }
}
