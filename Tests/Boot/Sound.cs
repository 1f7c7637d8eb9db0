using System;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Options;
using NooksOS.Tool.Sound;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>What a sound card plays is what a program at ring 3 wrote, also while the card's driver is crashed.</summary>
public sealed class Sound
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("ES1370")]
    [InlineData("sb16")]
    public async Task ATrackIsHeardWholeWhileItsDriverIsCrashed(string card)
    {
        using CancellationTokenSource deadline = new(s_limit);
        SoundDemoSettings settings = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1), Seed: 7);
        SoundDemoResult result = await BootTest.InSlotAsync(
            iso => SoundDemo.RunAsync(iso, new BootOptions { Sound = card }, settings, deadline.Token));
        Assert.True(
            result.IsGood,
            $"{result.IdenticalFrames} of {result.Frames} frames; reproduce: ./nooks demo sound --sound {card} --seconds 4 --crash-every 1s --seed 7");
        Assert.True(result.Crashes > 1, "nothing was crashed");
    }
}
