using System;
using System.Text.Json.Serialization;
using NooksOS.Tool.Echo;

namespace NooksOS.Tool.Transfers;

/// <summary>What the demonstration shows. The names are those of its JSON document.</summary>
public sealed record UpgradeResult
{
    private const int Digits = 3;

    /// <summary>Puts the account of the download and the replacements together.</summary>
    public UpgradeResult(string extension, TransferCounts counts, int upgrades)
    {
        ArgumentNullException.ThrowIfNull(counts);
        Extension = extension;
        Bytes = counts.Bytes;
        Seconds = Math.Round(counts.Seconds, Digits);
        Identical = counts.IsIdentical;
        BrokenRequests = counts.Broken;
        Upgrades = upgrades;
        PauseP50Milliseconds = Rounded(Percentiles.Of(counts.GapsMilliseconds, 50));
        PauseP99Milliseconds = Rounded(Percentiles.Of(counts.GapsMilliseconds, 99));
        LongestPauseMilliseconds = Rounded(Percentiles.Of(counts.GapsMilliseconds, 100));
    }

    /// <summary>What was replaced.</summary>
    public string Extension { get; }

    /// <summary>How often.</summary>
    public int Upgrades { get; }

    /// <summary>How much was downloaded.</summary>
    public long Bytes { get; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; }

    /// <summary>Whether both ends have the same SHA-256.</summary>
    public bool Identical { get; }

    /// <summary>Connections that broke.</summary>
    public int BrokenRequests { get; }

    /// <summary>The median of the longest pauses between two replacements.</summary>
    public double? PauseP50Milliseconds { get; }

    /// <summary>What 99 in 100 of these pauses do not exceed.</summary>
    public double? PauseP99Milliseconds { get; }

    /// <summary>The longest pause of all.</summary>
    public double? LongestPauseMilliseconds { get; }

    /// <summary>Whether the user of the connection saw pauses and nothing else.</summary>
    [JsonIgnore]
    public bool IsGood => Identical && BrokenRequests == 0 && Upgrades > 0;

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, Digits) : null;
}
