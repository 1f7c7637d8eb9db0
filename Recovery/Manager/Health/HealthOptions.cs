namespace NooksOS.Recovery;

/// <summary>Bounds of the health monitor. Silence is found within the bound and one period: less than 100 ms together.</summary>
public sealed record HealthOptions
{
    /// <summary>How often progress is looked at.</summary>
    public long PeriodNanoseconds { get; init; } = 10_000_000;

    /// <summary>How long work may wait while none is done.</summary>
    public long SilenceBoundNanoseconds { get; init; } = 60_000_000;

    /// <summary>How often an extension is asked whether it still answers.</summary>
    public long HeartbeatPeriodNanoseconds { get; init; } = 30_000_000;
}
