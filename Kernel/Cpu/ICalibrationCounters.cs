namespace NooksOS.Kernel.Cpu;

/// <summary>The counters of a machine, one of which goes at a known rate.</summary>
public interface ICalibrationCounters
{
    /// <summary>The time-stamp counter.</summary>
    ulong TimeStamp { get; }

    /// <summary>What the local APIC's timer has counted since <see cref="Restart"/>.</summary>
    uint TimerCounts { get; }

    /// <summary>What the programmable interval timer has counted since <see cref="Restart"/>, modulo 65,536.</summary>
    ushort IntervalCounts { get; }

    /// <summary>Whether the interval timer has counted 65,536, so that nobody can say how often.</summary>
    bool HasIntervalEnded { get; }

    /// <summary>Lets the timers begin anew.</summary>
    void Restart();
}
