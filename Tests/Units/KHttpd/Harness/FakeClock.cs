using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Tests.Units.KHttpd.Harness;

/// <summary>Time that passes when a test says so.</summary>
internal sealed class FakeClock : IServerClock
{
    /// <summary>1994-11-06 08:49:37, the date of all examples in RFC 9110.</summary>
    public const long StartSeconds = 784111777;

    public const long Second = 1_000_000_000;

    public long MonotonicNanoseconds { get; private set; } = 5 * Second;

    public long UtcSeconds => StartSeconds + (MonotonicNanoseconds / Second) - 5;

    public void Advance(long nanoseconds) => MonotonicNanoseconds += nanoseconds;
}
