using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Every card has its driver, and every driver survives what the first one survives.</summary>
public sealed class NetworkCards
{
    // The long runs are those of CrashMatrix, which has the default card.
    private const int Rounds = 10;

    private static readonly IEnumerable<string> s_cards = NicModels.Names.Where(name => name != NicModels.None);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public static TheoryData<string> Cards() => new(s_cards);

    public static TheoryData<string> CardsOfOtherMatrices() => new(s_cards.Where(card => card != NicModels.Default));

    [Theory]
    [MemberData(nameof(Cards))]
    public Task ItsDriverAloneIsLoadedAndNoticesItsCable(string nic)
    {
        BootOptions options = new() { Nic = nic };
        return BootTest.RunAsync(options, async machine =>
        {
            using JsonDocument extensions = JsonDocument.Parse(await machine.RunAsync("ext list --json"));
            Dictionary<string, string> states = extensions.RootElement.EnumerateArray().ToDictionary(
                extension => extension.GetProperty("name").GetString()!, extension => extension.GetProperty("state").GetString()!);
            Assert.Equal("running", states[options.NetworkDriver!]);
            Assert.All(
                s_cards.Select(card => NicModels.DriverOf(card)!).Where(driver => driver != options.NetworkDriver),
                driver => Assert.Equal("available", states[driver]));

            await AssertNetworkAsync(machine);
            foreach (bool isUp in new[] { false, true })
            {
                await machine.SetLinkAsync(isUp);
                while (await IsLinkUpAsync(machine) != isUp)
                {
                    await Task.Delay(s_pause);
                }
            }

            await AssertNetworkAsync(machine);
        });
    }

    [Theory]
    [MemberData(nameof(CardsOfOtherMatrices))]
    public Task ItsDriverIsRecoveredFromEveryCrashAndNothingIsLost(string nic)
    {
        BootOptions options = new() { Nic = nic };
        string driver = options.NetworkDriver!;
        return BootTest.RunAsync(options, async machine =>
        {
            await machine.RunAsync($"policy {driver} restart initial=0 maximum=0 faults=0");
            await AssertNetworkAsync(machine);

            DomainInfo before = await machine.DomainAsync(driver);
            long pages = await machine.OtherPagesAsync();
            foreach (string kind in Enumerable.Repeat(CrashKinds.All, Rounds).SelectMany(kinds => kinds))
            {
                await machine.CrashAsync(driver, kind);
            }

            DomainInfo after = await machine.DomainAsync(driver);
            Assert.Equal(before.Generation + (Rounds * CrashKinds.All.Count), after.Generation);
            Assert.Equal((before.Objects, "running"), (after.Objects, after.State));
            Assert.Equal(pages, await machine.OtherPagesAsync());
            Assert.All(
                await machine.FaultsAsync(),
                fault => Assert.Equal((driver, "recovered", 0, 0), (fault.Extension, fault.Outcome, fault.ObjectsLeaked, fault.PagesLeaked)));
            await AssertNetworkAsync(machine);
        }, s_limit);
    }

    [Fact]
    public Task WithoutACardNoDriverIsLoadedAndNoneCanBe() =>
        BootTest.RunAsync(new BootOptions { Nic = NicModels.None }, async machine =>
        {
            Assert.DoesNotContain("e1000", await machine.RunAsync("domains"));
            CommandResult refused = await machine.TryAsync("ext load e1000");
            Assert.False(refused.Succeeded);
            Assert.Contains("found nothing to drive", refused.Output, StringComparison.Ordinal);
        });

    // The emulator's own router gives the address, and answers.
    private static async Task AssertNetworkAsync(BootedMachine machine)
    {
        await machine.RunAsync("ping 10.0.2.2 --count 3 --timeout 5000");
        using JsonDocument network = JsonDocument.Parse(await machine.RunAsync("net --json"));
        Assert.Equal("10.0.2.15", network.RootElement.GetProperty("interface").GetProperty("address").GetString());
        Assert.True(await IsLinkUpAsync(machine));
    }

    private static async Task<bool> IsLinkUpAsync(BootedMachine machine)
    {
        using JsonDocument network = JsonDocument.Parse(await machine.RunAsync("net --json"));
        return network.RootElement.GetProperty("interface").GetProperty("isLinkUp").GetBoolean();
    }
}
