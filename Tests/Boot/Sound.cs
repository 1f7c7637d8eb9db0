using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using NooksOS.Tool.Sound;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>What a sound card plays is what a program at ring 3 wrote, also while the card's driver is crashed.</summary>
public sealed class Sound
{
    private const string Tone = "play --tone 440 --seconds 60";
    private const int VolumePercent = 50;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task ATrackIsHeardWholeWhileItsDriverIsCrashed()
    {
        const string Card = "sb16";
        using CancellationTokenSource deadline = new(s_limit);
        SoundDemoSettings settings = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1), Seed: 7);
        SoundDemoResult result = await BootTest.InSlotAsync(
            iso => SoundDemo.RunAsync(iso, new BootOptions { Sound = Card }, settings, deadline.Token));
        Assert.True(
            result.IsGood,
            $"{result.Difference}; reproduce: ./nooks demo sound --sound {Card} --seconds 4 --crash-every 1s --seed 7");
        Assert.True(result.Crashes > 1, "nothing was crashed");
    }

    [Fact]
    public Task EveryCrashIsSurvivedByAToneAndAKilledProgramLeavesNothing() =>
        BootTest.RunAsync(new BootOptions { Sound = SoundModels.PciCard }, async machine =>
        {
            await machine.RunAsync("policy es1371 restart initial=0 maximum=0 faults=0");
            await PlayAsync(machine, $"{Tone} --volume {VolumePercent}");
            DomainInfo before = await machine.DomainAsync("es1371");
            foreach (string kind in CrashKinds.All)
            {
                await machine.CrashAsync("es1371", kind);
            }

            DomainInfo after = await machine.DomainAsync("es1371");
            Assert.Equal((before.Generation + CrashKinds.All.Count, before.Objects, "running"), (after.Generation, after.Objects, after.State));
            Assert.All(await machine.FaultsAsync(), fault => Assert.Equal(("recovered", 0, 0), (fault.Outcome, fault.ObjectsLeaked, fault.PagesLeaked)));
            using (JsonDocument sound = JsonDocument.Parse(await machine.RunAsync("sound --json")))
            {
                JsonElement stream = sound.RootElement.GetProperty("streams").EnumerateArray().Single();
                Assert.Equal(VolumePercent, stream.GetProperty("volumePercent").GetInt32());
            }

            long pages = -1;
            foreach (string end in (string[])["kill play", "kill play null", "kill play wild-write", "kill play bad-handle"])
            {
                await machine.RunAsync(end);
                CommandResult ended = await machine.TryAsync("background --wait");
                Assert.False(ended.Succeeded, $"after '{end}': {ended.Output}");
                Assert.Equal(0, await CountStreamsAsync(machine));
                pages = pages < 0 ? await machine.OtherPagesAsync() : pages;
                Assert.Equal(pages, await machine.OtherPagesAsync());
                await PlayAsync(machine, Tone);
            }
        }, s_limit);

    private static async Task PlayAsync(BootedMachine machine, string command)
    {
        await machine.RunAsync($"background \"{command}\"");
        while (await CountStreamsAsync(machine) == 0)
        {
            await machine.RunAsync("sleep 0.05");
        }
    }

    private static async Task<int> CountStreamsAsync(BootedMachine machine)
    {
        using JsonDocument sound = JsonDocument.Parse(await machine.RunAsync("sound --json"));
        return sound.RootElement.GetProperty("streams").GetArrayLength();
    }
}
