namespace NooksOS.Kernel.Cpu;

/// <summary>How fast the counters of a machine go.</summary>
/// <param name="TimeStampsPerSecond">Counts of the time-stamp counter.</param>
/// <param name="TimerCountsPerSecond">Counts of the local APIC's timer.</param>
public readonly record struct ClockRates(ulong TimeStampsPerSecond, ulong TimerCountsPerSecond);
