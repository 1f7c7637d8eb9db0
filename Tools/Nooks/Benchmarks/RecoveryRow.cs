using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Echo;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Benchmarks;

/// <summary>How long the recoveries of one extension took, from the detection of the failure to an extension that is ready.</summary>
public sealed record RecoveryRow
{
    // With a virtual clock of one nanosecond per instruction.
    private const double InstructionsPerMillisecond = 1e6;

    /// <summary>Makes the row from the records of a boot that measured time and one that counted instructions.</summary>
    public RecoveryRow(string extension, IReadOnlyList<FaultRecord> timed, IReadOnlyList<FaultRecord> counted)
    {
        ArgumentNullException.ThrowIfNull(timed);
        ArgumentNullException.ThrowIfNull(counted);
        Extension = extension;
        Recoveries = timed.Count;
        P50Milliseconds = Percentiles.Of(Totals(timed), 50);
        P99Milliseconds = Percentiles.Of(Totals(timed), 99);
        P50Instructions = Percentiles.Of(Totals(counted), 50) * InstructionsPerMillisecond;
        P99Instructions = Percentiles.Of(Totals(counted), 99) * InstructionsPerMillisecond;
        Steps = [.. timed.SelectMany(record => record.Steps).Select(step => step.Name).Distinct().Select(name =>
            new RecoveryStepCost(name, P50Of(timed, name), P50Of(counted, name) * InstructionsPerMillisecond))];
    }

    /// <summary>Who was crashed.</summary>
    public string Extension { get; }

    /// <summary>How often, in the boot that measured time.</summary>
    public int Recoveries { get; }

    /// <summary>The median, in the emulator's time.</summary>
    public double? P50Milliseconds { get; }

    /// <summary>What 99 of 100 did not exceed, in the emulator's time.</summary>
    public double? P99Milliseconds { get; }

    /// <summary>The median, in guest instructions.</summary>
    public double? P50Instructions { get; }

    /// <summary>What 99 of 100 did not exceed, in guest instructions.</summary>
    public double? P99Instructions { get; }

    /// <summary>The medians of the steps.</summary>
    public IReadOnlyList<RecoveryStepCost> Steps { get; }

    private static IEnumerable<double> Totals(IEnumerable<FaultRecord> records) =>
        records.Select(record => record.RecoveryMilliseconds).OfType<double>();

    private static double? P50Of(IEnumerable<FaultRecord> records, string step) =>
        Percentiles.Of(records.SelectMany(record => record.Steps).Where(other => other.Name == step).Select(other => other.DurationMilliseconds).OfType<double>(), 50);
}
