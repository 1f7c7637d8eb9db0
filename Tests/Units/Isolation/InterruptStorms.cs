using NooksOS.Isolation;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

public sealed class InterruptStorms
{
    private const long Millisecond = 1_000_000;

    private static readonly InterruptStormOptions s_options = new();

    private readonly InterruptStormDetector _detector = new(s_options);

    [Fact]
    public void InterruptsWithoutWorkAreAStorm()
    {
        for (int index = 1; index < s_options.MostInterrupts; index++)
        {
            Assert.False(_detector.Count(index * 1000, quietNanoseconds: 0, work: 5));
        }

        Assert.True(_detector.Count(s_options.MostInterrupts * 1000, quietNanoseconds: 0, work: 5));
    }

    // A sound card that shared its line with a network card was asked once in one or two milliseconds: 64 interrupts took more than 100 ms.
    [Fact]
    public void FewerAreEnoughWhereOthersHoldTheLineForLong()
    {
        for (int index = 0; index < s_options.LongNanoseconds / Millisecond; index++)
        {
            Assert.False(_detector.Count(index * Millisecond, quietNanoseconds: 0, work: 5));
        }

        Assert.True(_detector.Count(s_options.LongNanoseconds, quietNanoseconds: 0, work: 5));
    }

    // The host did not run the machine for a while.
    [Fact]
    public void AFewAreNotAStormHoweverLongTheyTake()
    {
        for (int index = 1; index < s_options.EnoughInterrupts; index++)
        {
            Assert.False(_detector.Count(index * 100 * Millisecond, quietNanoseconds: 0, work: 5));
        }

        Assert.True(_detector.Count(s_options.EnoughInterrupts * 100 * Millisecond, quietNanoseconds: 0, work: 5));
    }

    // Trial es1371 34 of seed 14: the card that shared the line held it masked for 14 ms, which was taken for a rest.
    [Fact]
    public void ALineThatOthersHoldMaskedHasNoRest()
    {
        int interrupts = 0;
        while (!_detector.Count(interrupts * s_options.RestNanoseconds * 2, quietNanoseconds: 0, work: 5))
        {
            interrupts++;
        }

        Assert.True(interrupts < s_options.EnoughInterrupts);
    }

    [Fact]
    public void InterruptsWithWorkOrWithRestsBetweenAreNotAStorm()
    {
        for (int index = 0; index < 1000; index++)
        {
            Assert.False(_detector.Count(
                index * Millisecond, quietNanoseconds: 0, work: (ulong)(index / (int)InterruptStormDetector.ForgivenForWork)));
        }

        for (int index = 0; index < 1000; index++)
        {
            Assert.False(_detector.Count(index * s_options.RestNanoseconds, s_options.RestNanoseconds, work: 7));
        }
    }

    // A sound card whose driver is asked for its position when it has reported none for 40 ms: that call acknowledges what it finds.
    [Fact]
    public void AStormThatIsInterruptedNowAndThenIsOne()
    {
        const int Row = 12;
        int interrupts = 0;
        while (!_detector.Count(interrupts * Millisecond, interrupts % Row == 0 ? s_options.RestNanoseconds : 0, work: 5))
        {
            interrupts++;
        }

        Assert.InRange(interrupts, Row, 3 * Row);
    }

    // A sound card whose driver no longer acknowledged it went on for a quarter of a second: each call that brought more to play was work.
    [Fact]
    public void ALineThatStormsBetweenTheWorkOfItsDriverIsAStorm()
    {
        int interrupts = 0;
        while (!_detector.Count(interrupts * Millisecond / 3, quietNanoseconds: 0, work: (ulong)(interrupts / 30)))
        {
            interrupts++;
        }

        Assert.InRange(interrupts, (int)s_options.EnoughInterrupts, (int)s_options.MostInterrupts);
    }
}
