namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>Time, which passes a little whenever somebody looks.</summary>
internal sealed class FakeClock
{
    private const long NanosecondsPerLook = 1_000;

    public long Nanoseconds { get; private set; } = 1_000_000_000;

    public long Look() => Nanoseconds += NanosecondsPerLook;

    public void Advance(long nanoseconds) => Nanoseconds += nanoseconds;
}
