using NooksOS.Isolation;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

public sealed class InterruptStorms
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void InterruptsWithoutWorkAreAStorm()
    {
        InterruptStormDetector detector = new(100, 10 * Millisecond);
        for (int index = 0; index < 99; index++)
        {
            Assert.False(detector.Count(index * 1000, work: 5));
        }

        Assert.True(detector.Count(99_000, work: 5));
    }

    [Fact]
    public void AStormIsNoticedOnASlowMachineToo()
    {
        InterruptStormDetector detector = new(100, 10 * Millisecond);
        for (int index = 0; index < 99; index++)
        {
            Assert.False(detector.Count(index * 9 * Millisecond, work: 5));
        }

        Assert.True(detector.Count(99 * 9 * Millisecond, work: 5));
    }

    [Fact]
    public void InterruptsWithWorkOrWithRestsBetweenAreNotAStorm()
    {
        InterruptStormDetector detector = new(100, 10 * Millisecond);
        for (int index = 0; index < 1000; index++)
        {
            Assert.False(detector.Count(index, work: (ulong)(index / (int)InterruptStormDetector.ForgivenForWork)));
        }

        for (int index = 0; index < 1000; index++)
        {
            Assert.False(detector.Count(10 * index * Millisecond, work: 7));
        }
    }

    // A sound card whose driver no longer acknowledged it went on for a quarter of a second: each call that brought more to play was work.
    [Fact]
    public void ALineThatStormsBetweenTheWorkOfItsDriverIsAStorm()
    {
        InterruptStormDetector detector = new(100, 10 * Millisecond);
        int interrupts = 0;
        while (!detector.Count(interrupts * Millisecond / 3, work: (ulong)(interrupts / 30)))
        {
            interrupts++;
        }

        Assert.InRange(interrupts, 100, 150);
    }
}
