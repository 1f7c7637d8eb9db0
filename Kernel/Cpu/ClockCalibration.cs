namespace NooksOS.Kernel.Cpu;

/// <summary>
/// Measures the counters of a machine against the one whose rate is known. A host may stop to run the machine at any moment and for long:
/// that does no harm between two looks, in which all counters go on, and is seen within a look, which then takes longer than others.
/// </summary>
public static class ClockCalibration
{
    /// <summary>Counts of the programmable interval timer in a second.</summary>
    public const uint IntervalCountsPerSecond = 1_193_182;

    // Between the two looks: 10 ms.
    private const ushort SpanCounts = (ushort)(IntervalCountsPerSecond / 100);

    private const int LooksAtOnce = 8;
    private const int Attempts = 8;

    // Both looks together may take such a part of the time between them.
    private const ulong GoodPart = 1000;

    /// <summary>Measures, until it was not disturbed, or the best of several times.</summary>
    public static ClockRates Measure(ICalibrationCounters counters)
    {
        Stretch best = default;
        for (int attempt = 0; attempt < Attempts || best.IntervalCounts == 0; attempt++)
        {
            counters.Restart();
            Look first = LookSharply(counters);
            while ((ushort)(counters.IntervalCounts - first.IntervalCounts) < SpanCounts && !counters.HasIntervalEnded)
            {
                // Nothing else is going on yet.
            }

            Stretch stretch = new(first, LookSharply(counters));
            if (counters.HasIntervalEnded || stretch.IntervalCounts == 0)
            {
                continue;
            }

            best = best.IntervalCounts == 0 || stretch.Blur < best.Blur ? stretch : best;
            if (best.Blur <= best.TimeStamps / GoodPart)
            {
                break;
            }
        }

        return new ClockRates(
            best.TimeStamps * IntervalCountsPerSecond / best.IntervalCounts,
            (ulong)best.TimerCounts * IntervalCountsPerSecond / best.IntervalCounts);
    }

    private static Look LookSharply(ICalibrationCounters counters)
    {
        Look sharpest = LookOnce(counters);
        for (int look = 1; look < LooksAtOnce; look++)
        {
            Look next = LookOnce(counters);
            sharpest = next.Blur < sharpest.Blur ? next : sharpest;
        }

        return sharpest;
    }

    private static Look LookOnce(ICalibrationCounters counters)
    {
        ulong before = counters.TimeStamp;
        ushort intervalCounts = counters.IntervalCounts;
        uint timerCounts = counters.TimerCounts;
        ulong blur = counters.TimeStamp - before;
        return new Look(before + (blur / 2), timerCounts, intervalCounts, blur);
    }

    // Blur: how much of the time-stamp counter passed meanwhile.
    private readonly record struct Look(ulong TimeStamp, uint TimerCounts, ushort IntervalCounts, ulong Blur);

    private readonly record struct Stretch(ulong TimeStamps, uint TimerCounts, ushort IntervalCounts, ulong Blur)
    {
        public Stretch(Look first, Look last)
            : this(
                last.TimeStamp - first.TimeStamp,
                last.TimerCounts - first.TimerCounts,
                (ushort)(last.IntervalCounts - first.IntervalCounts),
                first.Blur + last.Blur)
        {
        }
    }
}
