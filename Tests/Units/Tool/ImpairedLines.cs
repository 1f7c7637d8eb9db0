using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Links;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class ImpairedLines
{
    private readonly List<byte> _left = [];

    [Fact]
    public void APerfectLineKeepsOrderAndHoldsNothing()
    {
        ImpairedLine line = Line(new LinkQuality());
        Enter(line, 50);
        Assert.Equal(Enumerable.Range(0, 50).Select(number => (byte)number), _left);
        Assert.Null(line.NextRelease);
        Assert.Equal(new LinkCounts(50, 0, 0, 0), line.Counts);
    }

    [Fact]
    public void EveryFrameArrivesAsOftenAsItsFateSays()
    {
        LinkQuality quality = new() { LossPercent = 10, DuplicatePercent = 10, ReorderPercent = 10 };
        ImpairedLine line = Line(quality);
        Enter(line, 250);
        line.Release(TimeSpan.MaxValue);

        FrameFates fates = new(quality, quality.Seed);
        int[] copies = [.. Enumerable.Range(0, 250).Select(_ => fates.Next().Copies)];
        Assert.Equal(copies, Enumerable.Range(0, 250).Select(number => _left.Count(left => left == number)));
        Assert.Equal(copies.Count(count => count == 0), line.Counts.Lost);
        Assert.Equal(copies.Count(count => count == 2), line.Counts.Duplicated);
        Assert.Null(line.NextRelease);
    }

    [Fact]
    public void AHeldFrameIsOvertakenByAFewOnly()
    {
        LinkQuality quality = new() { ReorderPercent = 5 };
        ImpairedLine line = Line(quality);
        Enter(line, 250);
        Assert.NotEqual(_left.Order(), _left);
        Assert.All(_left.Index(), left => Assert.InRange(left.Index - left.Item, -FrameFates.FarthestBack, FrameFates.FarthestBack));
    }

    [Fact]
    public void TheLastFrameIsNotHeldForEver()
    {
        ImpairedLine line = Line(new LinkQuality { ReorderPercent = 100 });
        TimeSpan entered = TimeSpan.FromSeconds(1);
        line.Enter([1], entered);
        TimeSpan due = entered + ImpairedLine.LongestHold;
        Assert.Equal(due, line.NextRelease);
        line.Release(due - TimeSpan.FromTicks(1));
        Assert.Empty(_left);
        line.Release(due);
        Assert.Equal([1], _left);
        Assert.Null(line.NextRelease);
    }

    private ImpairedLine Line(LinkQuality quality) => new(new FrameFates(quality, quality.Seed), frame => _left.Add(frame[0]));

    private static void Enter(ImpairedLine line, int frames)
    {
        for (int number = 0; number < frames; number++)
        {
            line.Enter([(byte)number], TimeSpan.Zero);
        }
    }
}
