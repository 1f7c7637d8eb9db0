using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Echo;

namespace NooksOS.Tool.Benchmarks;

/// <summary>
/// How fast one stream over TCP is in one direction, with protection and without, and which calls it takes. The names are those of
/// the JSON document.
/// </summary>
public sealed record NetworkRow
{
    private const int Digits = 4;
    private const double BytesPerMegabyte = 1e6;

    /// <summary>Puts the runs of both modes together.</summary>
    /// <param name="direction">Where the streams went.</param>
    /// <param name="timed">As the host executes the guest.</param>
    /// <param name="counted">Where the emulator counts instructions.</param>
    public NetworkRow(StreamDirection direction, StreamRounds timed, StreamRounds counted)
    {
        ArgumentNullException.ThrowIfNull(timed);
        ArgumentNullException.ThrowIfNull(counted);
        (IReadOnlyList<StreamRun> direct, IReadOnlyList<StreamRun> domain) = timed;
        Direction = direction == StreamDirection.In ? "in" : "out";
        Rounds = domain.Count;
        DirectMegabitsPerSecond = Median(direct.Select(run => run.MegabitsPerSecond));
        DomainMegabitsPerSecond = Median(domain.Select(run => run.MegabitsPerSecond));
        Ratios = [.. domain.Zip(direct, (ours, other) => Math.Round(ours.MegabitsPerSecond / other.MegabitsPerSecond, Digits))];
        Ratio = Median(Ratios);
        DirectProcessorMilliseconds = Median(direct.Select(ProcessorMilliseconds));
        DomainProcessorMilliseconds = Median(domain.Select(ProcessorMilliseconds));
        ProcessorRatio = Math.Round(DirectProcessorMilliseconds / DomainProcessorMilliseconds, Digits);
        DirectThousandInstructions = Median(counted.Direct.Select(ThousandInstructions));
        DomainThousandInstructions = Median(counted.Domain.Select(ThousandInstructions));
        InstructionRatio = Median(counted.Domain.Zip(counted.Direct, (ours, other) => ThousandInstructions(other) / ThousandInstructions(ours)));
        NetworkCounters passed = domain.Select(run => run.Counted).Aggregate((left, right) => left.Plus(right));
        double megabytes = domain.Sum(run => run.Bytes) / BytesPerMegabyte;
        Packets = passed.Packets;
        PacketsPerInterrupt = Math.Round(passed.Packets / (double)Math.Max(passed.Interrupts, 1), Digits);
        Calls = passed.Calls.Values.Sum();
        CallsPerPacket = PerPacket(Calls);
        PacketsPerCall = Math.Round(Packets / (double)Math.Max(Calls, 1), Digits);
        CallsPerMegabyte = PerMegabyte(Calls);
        Wrappers = [.. passed.Calls.Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value)
            .Select(pair => new WrapperCalls(pair.Key, pair.Value, PerPacket(pair.Value), PerMegabyte(pair.Value)))];

        double PerPacket(long calls) => Math.Round(calls / (double)Math.Max(passed.Packets, 1), Digits);
        double PerMegabyte(long calls) => Math.Round(calls / megabytes, Digits);
    }

    /// <summary>"in" or "out", seen from the guest.</summary>
    public string Direction { get; }

    /// <summary>How many streams were measured in each mode.</summary>
    public int Rounds { get; }

    /// <summary>The median without protection.</summary>
    public double DirectMegabitsPerSecond { get; }

    /// <summary>The median with it.</summary>
    public double DomainMegabitsPerSecond { get; }

    /// <summary>The median of <see cref="Ratios"/>.</summary>
    public double Ratio { get; }

    /// <summary>Of each round, what is left of the speed with protection.</summary>
    public IReadOnlyList<double> Ratios { get; }

    /// <summary>The median of the host's processor time for each million bytes without protection.</summary>
    public double DirectProcessorMilliseconds { get; }

    /// <summary>The median with it.</summary>
    public double DomainProcessorMilliseconds { get; }

    /// <summary>What is left with protection of what a second of processor time carries, whatever else the host does.</summary>
    public double ProcessorRatio { get; }

    /// <summary>The median of the instructions, in thousands, that the guest executes for each million bytes without protection.</summary>
    public double DirectThousandInstructions { get; }

    /// <summary>The median with it.</summary>
    public double DomainThousandInstructions { get; }

    /// <summary>What is left with protection of what so many instructions carry: the median of the rounds.</summary>
    public double InstructionRatio { get; }

    /// <summary>Frames that the card received or sent, over all rounds with protection.</summary>
    public long Packets { get; }

    /// <summary>Frames for each interrupt that the driver served.</summary>
    public double PacketsPerInterrupt { get; }

    /// <summary>Calls between kernel and domains meanwhile, of whatever kind.</summary>
    public long Calls { get; }

    /// <summary>Calls for each frame.</summary>
    public double CallsPerPacket { get; }

    /// <summary>Frames for each call.</summary>
    public double PacketsPerCall { get; }

    /// <summary>Calls for each million bytes of the streams.</summary>
    public double CallsPerMegabyte { get; }

    /// <summary>The calls by wrapper, the most frequent one first.</summary>
    public IReadOnlyList<WrapperCalls> Wrappers { get; }

    private static double ProcessorMilliseconds(StreamRun run)
        => run.ProcessorTime.TotalMilliseconds / (run.Bytes / BytesPerMegabyte);

    private static double ThousandInstructions(StreamRun run)
        => run.Counted.BusyNanoseconds / 1e3 / (run.Bytes / BytesPerMegabyte);

    private static double Median(IEnumerable<double> values) => Math.Round(Percentiles.Of(values, 50) ?? 0, Digits);
}
