using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Echo;

namespace NooksOS.Tool.Sound;

/// <summary>What the sound demonstration has shown.</summary>
public sealed class SoundDemoResult
{
    private const double FramesPerMillisecond = 44.1;
    private const double Median = 50;
    private const double Tail = 99;

    private readonly double? _bound;

    /// <param name="trackFrames">Length of the track.</param>
    /// <param name="comparison">What was recorded of it.</param>
    /// <param name="crashes">Crashes that were carried out.</param>
    /// <param name="silences">How long the card stood still each time, as the kernel says, in milliseconds.</param>
    /// <param name="underruns">How often the card ran dry, as the kernel says.</param>
    /// <param name="longestSilence">How long the card may stand still.</param>
    public SoundDemoResult(
        int trackFrames, SoundComparison comparison, int crashes, IReadOnlyList<double> silences, long underruns, TimeSpan? longestSilence)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        Frames = trackFrames;
        IdenticalFrames = comparison.EqualFrames;
        Difference = comparison.Difference;
        Crashes = crashes;
        Underruns = underruns;
        Silences = silences.Count;
        SilenceP50Milliseconds = Percentiles.Of(silences, Median);
        SilenceP99Milliseconds = Percentiles.Of(silences, Tail);
        LongestSilenceMilliseconds = silences.Count == 0 ? null : silences.Max();
        RecordedSilences = comparison.SilentFrames.Count;
        LongestRecordedSilenceMilliseconds = comparison.SilentFrames.Count == 0
            ? null
            : comparison.SilentFrames.Max() / FramesPerMillisecond;
        _bound = longestSilence?.TotalMilliseconds;
    }

    /// <summary>Frames of the track.</summary>
    public int Frames { get; }

    /// <summary>Frames that were recorded as they are, in their order, with nothing but silence between them.</summary>
    public int IdenticalFrames { get; }

    /// <summary>What was heard where that ended; null if it did not.</summary>
    public string? Difference { get; }

    /// <summary>Crashes of the driver.</summary>
    public int Crashes { get; }

    /// <summary>Times that the card ran dry for another reason.</summary>
    public long Underruns { get; }

    /// <summary>Times that the card stood still because its driver was replaced.</summary>
    public int Silences { get; }

    /// <summary>Median of how long it did.</summary>
    public double? SilenceP50Milliseconds { get; }

    /// <summary>The 99th percentile.</summary>
    public double? SilenceP99Milliseconds { get; }

    /// <summary>The longest time.</summary>
    public double? LongestSilenceMilliseconds { get; }

    /// <summary>Silences in the recording, which goes on only while the card plays.</summary>
    public int RecordedSilences { get; }

    /// <summary>The longest of them.</summary>
    public double? LongestRecordedSilenceMilliseconds { get; }

    /// <summary>Whether every frame was heard, once and unchanged, and no silence was too long.</summary>
    public bool IsGood => IdenticalFrames == Frames && !(LongestSilenceMilliseconds > _bound) && !(LongestRecordedSilenceMilliseconds > _bound);
}
