using System;
using NooksOS.Kernel.Cpu;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Cpu;

/// <summary>A host that is busy stops to run the machine while it finds out how fast its clock goes.</summary>
public sealed class CalibrationUnderLoad
{
    private const ulong TimeStampsPerSecond = 2_500_000_000;
    private const ulong TimerCountsPerSecond = 62_500_000;
    private const double Tolerance = 0.002;

    [Fact]
    public void AQuietMachineIsMeasuredAtOnce()
    {
        Counters counters = new(new Random(1), pauses: 0);
        Check(ClockCalibration.Measure(counters));
        Assert.Equal(1, counters.Restarts);
    }

    // The clock of such a machine was slow by a half, and a sound card seemed to play more than it can.
    [Theory]
    [InlineData(0.0001)]
    [InlineData(0.001)]
    [InlineData(0.01)]
    [InlineData(0.03)]
    public void AMachineThatIsNotRunForAWhileIsMeasuredRightly(double pauses)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Check(ClockCalibration.Measure(new Counters(new Random(seed), pauses)));
        }
    }

    private static void Check(ClockRates rates)
    {
        Assert.InRange(rates.TimeStampsPerSecond / (double)TimeStampsPerSecond, 1 - Tolerance, 1 + Tolerance);
        Assert.InRange(rates.TimerCountsPerSecond / (double)TimerCountsPerSecond, 1 - Tolerance, 1 + Tolerance);
    }

    /// <summary>Each access takes a microsecond, and some a pause of the host's as well.</summary>
    private sealed class Counters(Random random, double pauses) : ICalibrationCounters
    {
        private const int MostPausedNanoseconds = 40_000_000;
        private const ulong NanosecondsPerSecond = 1_000_000_000;

        private ulong _now = NanosecondsPerSecond;
        private ulong _start;

        public int Restarts { get; private set; }

        public ulong TimeStamp => Count(Pass(100), TimeStampsPerSecond);

        public uint TimerCounts => (uint)Count(Pass(1000) - _start, TimerCountsPerSecond);

        public ushort IntervalCounts => (ushort)Count(Pass(1000) - _start, ClockCalibration.IntervalCountsPerSecond);

        public bool HasIntervalEnded => Count(Pass(1000) - _start, ClockCalibration.IntervalCountsPerSecond) > ushort.MaxValue;

        public void Restart()
        {
            Restarts++;
            _start = Pass(1000);
            Pass(1000);
        }

        private static ulong Count(ulong nanoseconds, ulong perSecond) => (ulong)((UInt128)nanoseconds * perSecond / NanosecondsPerSecond);

        private ulong Pass(ulong nanoseconds)
        {
            _now += nanoseconds;
            ulong read = _now;
            _now += random.NextDouble() < pauses ? (ulong)random.Next(MostPausedNanoseconds) : 0;
            return read;
        }
    }
}
