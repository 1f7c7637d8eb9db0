using System.Linq;
using NooksOS.Tool.Links;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class LinkFates
{
    private const int Frames = 100_000;

    private static readonly LinkQuality s_bad = new() { LossPercent = 2, ReorderPercent = 5, DuplicatePercent = 1 };

    [Fact]
    public void TheSameSeedHarmsTheSameFrames()
    {
        Assert.Equal(Draw(s_bad, seed: 7), Draw(s_bad, seed: 7));
        Assert.NotEqual(Draw(s_bad, seed: 7), Draw(s_bad, seed: 8));
    }

    [Fact]
    public void EachPartIsWhatWasAskedFor()
    {
        FrameFate[] fates = Draw(s_bad, seed: 1);
        Assert.InRange(fates.Count(fate => fate.Copies == 0), 1800, 2200);
        Assert.InRange(fates.Count(fate => fate.Copies == 2), 850, 1150);
        Assert.InRange(fates.Count(fate => fate.PlacesBack > 0), 4600, 5200);
        Assert.All(fates, fate => Assert.InRange(fate.PlacesBack, 0, FrameFates.FarthestBack));
    }

    [Fact]
    public void APerfectLinkHarmsNoneAndADeadOneLosesAll()
    {
        Assert.All(Draw(new LinkQuality(), seed: 1), fate => Assert.Equal(FrameFate.Unharmed, fate));
        Assert.All(Draw(new LinkQuality { LossPercent = 100 }, seed: 1), fate => Assert.Equal(FrameFate.Lost, fate));
    }

    [Fact]
    public void WhatIsLostOnAGoodLinkIsLostOnAWorseOne()
    {
        FrameFate[] good = Draw(new LinkQuality { LossPercent = 1 }, seed: 3);
        FrameFate[] worse = Draw(new LinkQuality { LossPercent = 3, DuplicatePercent = 10 }, seed: 3);
        Assert.All(good.Zip(worse), pair => Assert.True(pair.First != FrameFate.Lost || pair.Second == FrameFate.Lost));
    }

    private static FrameFate[] Draw(LinkQuality quality, int seed)
    {
        FrameFates fates = new(quality, seed);
        return [.. Enumerable.Range(0, Frames).Select(_ => fates.Next())];
    }
}
