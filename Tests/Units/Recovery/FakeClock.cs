using System;
using NooksOS.Recovery;

namespace NooksOS.Tests.Units.Recovery;

/// <summary>Time that passes only when somebody sleeps or a test says so.</summary>
internal sealed class FakeClock : IKernelClock
{
    public const long Millisecond = 1_000_000;

    public long NowNanoseconds { get; private set; } = 1000 * Millisecond;

    /// <summary>What the rest of the machine does while somebody sleeps.</summary>
    public Action? WhileAsleep { get; set; }

    public void Sleep(long durationNanoseconds)
    {
        Advance(durationNanoseconds);
        WhileAsleep?.Invoke();
    }

    public void Advance(long nanoseconds) => NowNanoseconds += nanoseconds;

    public void AdvanceMilliseconds(long milliseconds) => Advance(milliseconds * Millisecond);
}
