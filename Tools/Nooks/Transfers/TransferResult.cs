using System;
using System.Text.Json.Serialization;
using NooksOS.Tool.Echo;

namespace NooksOS.Tool.Transfers;

/// <summary>What the demonstration shows of one direction. The names are those of its JSON document.</summary>
public sealed record TransferResult
{
    private const int Digits = 3;

    /// <summary>Puts the account of the transfer and the crashes together.</summary>
    public TransferResult(string direction, TransferCounts counts, int crashes)
    {
        ArgumentNullException.ThrowIfNull(counts);
        Direction = direction;
        Bytes = counts.Bytes;
        Seconds = Math.Round(counts.Seconds, Digits);
        MegabytesPerSecond = Math.Round(counts.Bytes / counts.Seconds / 1e6, Digits);
        Identical = counts.IsIdentical;
        BrokenRequests = counts.Broken;
        Crashes = crashes;
        GapP50Milliseconds = Rounded(Percentiles.Of(counts.GapsMilliseconds, 50));
        GapP99Milliseconds = Rounded(Percentiles.Of(counts.GapsMilliseconds, 99));
        LongestGapMilliseconds = Rounded(Percentiles.Of(counts.GapsMilliseconds, 100));
    }

    /// <summary>"download" or "upload", seen from the host.</summary>
    public string Direction { get; }

    /// <summary>How much was transferred.</summary>
    public long Bytes { get; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; }

    /// <summary>How fast that is.</summary>
    public double MegabytesPerSecond { get; }

    /// <summary>Whether both ends have the same SHA-256.</summary>
    public bool Identical { get; }

    /// <summary>Requests that ended before their time.</summary>
    public int BrokenRequests { get; }

    /// <summary>How often an extension was crashed meanwhile.</summary>
    public int Crashes { get; }

    /// <summary>The median of the longest pauses between two crashes.</summary>
    public double? GapP50Milliseconds { get; }

    /// <summary>What 99 in 100 of these pauses do not exceed.</summary>
    public double? GapP99Milliseconds { get; }

    /// <summary>The longest pause of all.</summary>
    public double? LongestGapMilliseconds { get; }

    /// <summary>Whether no byte was wrong.</summary>
    [JsonIgnore]
    public bool IsRight => Identical && Bytes > 0;

    /// <summary>Whether no byte was wrong and no connection was lost.</summary>
    [JsonIgnore]
    public bool IsFaultless => IsRight && BrokenRequests == 0;

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, Digits) : null;
}
