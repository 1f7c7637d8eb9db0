namespace NooksOS.Kernel.Cpu;

/// <summary>
/// Time from the time-stamp counter, calibrated once against the programmable interval timer. Under an emulator that counts
/// instructions both advance with them, so the same code gives virtual time there.
/// </summary>
public static unsafe class Clock
{
    /// <summary>Timer interrupts per second.</summary>
    public const uint TicksPerSecond = 1000;

    // Nanoseconds per count as a 32.32 fixed-point number.
    private static ulong s_nanosecondsPerCount;
    private static ulong s_startCount;

    /// <summary>Time-stamp counts per second.</summary>
    public static ulong CountsPerSecond { get; private set; }

    /// <summary>Nanoseconds since <see cref="Calibrate"/>.</summary>
    public static long Nanoseconds => ToNanoseconds(Processor.ReadTimeStamp() - s_startCount);

    /// <summary>Measures the time-stamp counter and returns the local APIC counts of one tick.</summary>
    public static uint Calibrate()
    {
        s_startCount = Processor.ReadTimeStamp();
        ClockRates rates = ClockCalibration.Measure(new MachineCounters());
        CountsPerSecond = rates.TimeStampsPerSecond;
        s_nanosecondsPerCount = (1_000_000_000UL << 32) / CountsPerSecond;
        return (uint)(rates.TimerCountsPerSecond / TicksPerSecond);
    }

    /// <summary>How long so many counts of the time-stamp counter take.</summary>
    public static long ToNanoseconds(ulong counts)
        => (long)(((counts >> 32) * s_nanosecondsPerCount) + (((counts & uint.MaxValue) * s_nanosecondsPerCount) >> 32));
}
