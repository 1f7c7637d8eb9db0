using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Echo;

namespace NooksOS.Tool.Benchmarks;

/// <summary>How fast one load of files is, with protection and without. The names are those of the JSON document.</summary>
public sealed record DiskRow
{
    private const int Digits = 4;
    private const double MillisecondsPerSecond = 1e3;
    private const double BytesPerMegabyte = 1e6;

    /// <summary>Puts the measurements together: what is compared with each other ran in the same round.</summary>
    public DiskRow(string load, IReadOnlyList<FileLoadTime> direct, IReadOnlyList<FileLoadTime> domain)
    {
        ArgumentNullException.ThrowIfNull(direct);
        ArgumentNullException.ThrowIfNull(domain);
        Load = load;
        Count = domain.Count;
        DirectMegabytesPerSecond = Median(direct.Select(Speed));
        DomainMegabytesPerSecond = Median(domain.Select(Speed));
        Ratios = [.. domain.Zip(direct, static (ours, other) => Math.Round(Speed(ours) / Speed(other), Digits))];
        Ratio = Median(Ratios);
        LowerQuartile = Percentile(Ratios, 25);
        UpperQuartile = Percentile(Ratios, 75);
        DirectProcessorMilliseconds = ProcessorMilliseconds(direct);
        DomainProcessorMilliseconds = ProcessorMilliseconds(domain);
        ProcessorRatio = Math.Round(DirectProcessorMilliseconds / DomainProcessorMilliseconds, Digits);
    }

    /// <summary>Which load.</summary>
    public string Load { get; }

    /// <summary>How often it was measured.</summary>
    public int Count { get; }

    /// <summary>The median without protection.</summary>
    public double DirectMegabytesPerSecond { get; }

    /// <summary>The median with it.</summary>
    public double DomainMegabytesPerSecond { get; }

    /// <summary>The median of <see cref="Ratios"/>.</summary>
    public double Ratio { get; }

    /// <summary>A quarter of <see cref="Ratios"/> is lower.</summary>
    public double LowerQuartile { get; }

    /// <summary>A quarter of <see cref="Ratios"/> is higher.</summary>
    public double UpperQuartile { get; }

    /// <summary>What is left of the speed with protection, each time.</summary>
    public IReadOnlyList<double> Ratios { get; }

    /// <summary>The host's processor time for each million bytes without protection.</summary>
    public double DirectProcessorMilliseconds { get; }

    /// <summary>The same with it.</summary>
    public double DomainProcessorMilliseconds { get; }

    /// <summary>What is left with protection of what a second of processor time carries, whatever else the host does.</summary>
    public double ProcessorRatio { get; }

    // Of all of them together: the host counts in steps that are long for some of the loads.
    private static double ProcessorMilliseconds(IReadOnlyList<FileLoadTime> times) => Math.Round(
        times.Sum(static time => time.ProcessorTime.TotalMilliseconds) / (times.Sum(static time => time.Bytes) / BytesPerMegabyte), Digits);

    private static double Speed(FileLoadTime time) => time.Bytes / BytesPerMegabyte / (time.Milliseconds / MillisecondsPerSecond);

    private static double Median(IEnumerable<double> values) => Percentile(values, 50);

    private static double Percentile(IEnumerable<double> values, double percent)
        => Math.Round(Percentiles.Of(values, percent) ?? 0, Digits);
}
