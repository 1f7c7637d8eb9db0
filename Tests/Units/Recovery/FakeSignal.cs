using System;
using NooksOS.Recovery;

namespace NooksOS.Tests.Units.Recovery;

/// <summary>A signal for tests with one thread: a wait lets time pass, and then runs what would have set the signal.</summary>
internal sealed class FakeSignal(FakeClock clock) : IKernelSignal
{
    public bool IsSet { get; private set; }

    public Action? WhileWaiting { get; set; }

    public bool IsCancelled { get; set; }

    public void Set() => IsSet = true;

    public WaitOutcome Wait(long timeoutNanoseconds)
    {
        if (!IsSet)
        {
            WhileWaiting?.Invoke();
        }

        if (IsCancelled)
        {
            return WaitOutcome.Cancelled;
        }

        if (!IsSet)
        {
            clock.Advance(Math.Max(timeoutNanoseconds, 0));
            return WaitOutcome.TimedOut;
        }

        IsSet = false;
        return WaitOutcome.Signalled;
    }
}
