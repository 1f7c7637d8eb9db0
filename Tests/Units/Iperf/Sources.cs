using System.Collections.Generic;
using NooksOS.Extensions.Iperf;
using Xunit;

namespace NooksOS.Tests.Units.Iperf;

/// <summary>Tests over UDP in which the server sends.</summary>
public sealed class Sources
{
    private const int LengthBytes = 1000;
    private const long Millisecond = 1_000_000;
    private const long Second = 1000 * Millisecond;

    [Fact]
    public void DatagramsComeAsFastAsAskedForAndThenTheClosingOne()
    {
        // A datagram each millisecond.
        DatagramSource source = new(new TestRequest(true, Second, 0, 8_000_000), LengthBytes, Second);

        List<long> numbers = Run(source, Second, untilNanoseconds: (2 * Second) + Millisecond);

        Assert.Equal(1001, numbers.Count);
        Assert.Equal((1, 1000, -1001), (numbers[0], numbers[999], numbers[1000]));
        Assert.False(source.IsOver);
    }

    [Fact]
    public void AnAmountIsSentWholeAndNoMore()
    {
        DatagramSource source = new(new TestRequest(true, 0, 2500, 8_000_000), LengthBytes, 0);

        Assert.Equal([1, 2, 3, -4], Run(source, 0, untilNanoseconds: 100 * Millisecond));
    }

    [Fact]
    public void TheClosingDatagramIsRepeatedUntilItIsAnswered()
    {
        DatagramSource source = new(new TestRequest(true, 0, 1, 0), LengthBytes, 0);

        Assert.Equal([1, -2, -2, -2], Run(source, 0, untilNanoseconds: 600 * Millisecond));
        source.NoteAnswer();

        Assert.True(source.IsOver);
        Assert.Empty(Run(source, Second, untilNanoseconds: 10 * Second));
    }

    [Fact]
    public void ARepeatedRequestIsNoAnswer()
    {
        DatagramSource source = new(new TestRequest(true, Second, 0, 8_000_000), LengthBytes, 0);
        Run(source, 0, untilNanoseconds: 10 * Millisecond);

        source.NoteAnswer();

        Assert.False(source.IsOver);
    }

    [Fact]
    public void AClientThatIsGoneIsNotSentToForEver()
    {
        DatagramSource source = new(new TestRequest(true, 0, 1, 0), LengthBytes, 0);

        Assert.Equal(1 + DatagramSource.ClosingDatagrams, Run(source, 0, untilNanoseconds: 60 * Second).Count);
        Assert.True(source.IsOver);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(uint.MaxValue)]
    public void AnyRateIsOne(long bitsPerSecond)
    {
        DatagramSource source = new(new TestRequest(true, Second, 0, bitsPerSecond), LengthBytes, 0);

        Assert.True(source.TryTake(0, out _));
        Assert.True(source.Due > 0);
    }

    private static List<long> Run(DatagramSource source, long fromNanoseconds, long untilNanoseconds)
    {
        List<long> numbers = [];
        for (long now = fromNanoseconds; now <= untilNanoseconds; now += Millisecond)
        {
            while (source.TryTake(now, out TestDatagram header))
            {
                numbers.Add(header.Number);
            }
        }

        return numbers;
    }
}
