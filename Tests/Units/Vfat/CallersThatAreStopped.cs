using System;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>Whoever waits for his turn at the files while his domain is being stopped.</summary>
public sealed class CallersThatAreStopped
{
    // Its waits ended at once, and it waited again: more urgent than everybody else, so that the one whose turn it was never got on.
    [Fact]
    public void AThreadOfADeadDomainDoesNotWaitForItsTurnForEver()
    {
        FileCallTurn turns = new(static () => new StoppedSignal());
        using (FileCallTurn.Turn first = turns.Take())
        {
            Assert.True(first.IsTaken);
            using (FileCallTurn.Turn second = turns.Take())
            {
                Assert.False(second.IsTaken);
            }

            using FileCallTurn.Turn third = turns.Take();
            Assert.False(third.IsTaken);
        }

        using FileCallTurn.Turn last = turns.Take();
        Assert.True(last.IsTaken);
    }

    private sealed class StoppedSignal : IKernelSignal
    {
        private int _waits;

        public void Set()
        {
        }

        public WaitOutcome Wait(long timeoutNanoseconds)
            => _waits++ < 10 ? WaitOutcome.Cancelled : throw new InvalidOperationException("It waits again and again.");
    }
}
