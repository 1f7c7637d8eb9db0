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
            Assert.False(detector.Count(index, work: (ulong)(index / 50)));
        }

        for (int index = 0; index < 1000; index++)
        {
            Assert.False(detector.Count(10 * index * Millisecond, work: 7));
        }
    }
}
