using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

[Collection(SharedMachineTests.Name)]
public sealed class NetworkCommands(SharedMachine shared)
{
    // The emulator's own router, which answers echo requests.
    private const string Gateway = "10.0.2.2";

    [Fact]
    public Task TheGatewayAnswersWhateverCrashes() => BootTest.RunAsync(new BootOptions(), async machine =>
    {
        await AssertAnsweredAsync(machine);
        foreach (string extension in new[] { "e1000", "tcpip" })
        {
            await machine.RunAsync($"crash {extension} wild-write");
            await AssertAnsweredAsync(machine);
            await machine.RunAsync($"wait recovered {extension} 5000");
        }
    });

    [Fact]
    public Task TheInterfaceIsDescribed() => shared.RunAsync(async machine =>
    {
        await machine.RunAsync($"ping {Gateway} --count 1 --timeout 5000");
        using JsonDocument network = JsonDocument.Parse(await machine.RunAsync("net --json"));
        JsonElement description = network.RootElement.GetProperty("interface");
        Assert.Equal("10.0.2.15", description.GetProperty("address").GetString());
        Assert.Equal(Gateway, description.GetProperty("gateway").GetString());
        Assert.True(description.GetProperty("isLinkUp").GetBoolean());
        Assert.True(network.RootElement.GetProperty("device").GetProperty("framesReceived").GetInt64() > 0);
        Assert.True(network.RootElement.GetProperty("stack").GetProperty("framesTransmitted").GetInt64() > 0);
        Assert.Contains("10.0.2.15", await machine.RunAsync("net"));
    });

    [Fact]
    public Task WhatCannotBeAskedIsRefused() => BootTest.RunAsync(new BootOptions(), async machine =>
    {
        Assert.Contains("10.0.2.2", (await machine.TryAsync("ping 10.0.2")).Output);
        CommandResult silence = await machine.TryAsync("ping 10.0.2.200 --count 1 --timeout 100");
        Assert.False(silence.Succeeded);
        Assert.Contains("no answer", silence.Output);
        await machine.RunAsync("ext unload tcpip");
        Assert.Contains("no network stack", (await machine.TryAsync($"ping {Gateway} --timeout 100")).Output);
        Assert.Contains("framesReceived", await machine.RunAsync("net"));
    });

    [Fact]
    public Task CallsAreCountedByWrapper() => shared.RunAsync(async machine =>
    {
        await machine.RunAsync($"ping {Gateway} --count 1 --timeout 5000");
        string calls = await machine.RunAsync("xpc");
        Assert.Contains("INetworkStack", calls);
        Assert.Contains("GetPing", calls);
        JsonDocument.Parse(await machine.RunAsync("xpc --all --json")).Dispose();
    });

    [Fact]
    public Task CallsAreMeasuredForAsLongAsTold() => shared.RunAsync(async machine =>
    {
        using JsonDocument profile = JsonDocument.Parse(await machine.RunAsync("xpc --profile 300 --json"));
        JsonElement heartbeat = profile.RootElement.EnumerateArray().Single(call => call.GetProperty("method").GetString() == "Heartbeat");
        Assert.True(heartbeat.GetProperty("calls").GetInt64() > 0);
        Assert.True(heartbeat.GetProperty("microsecondsPerCall").GetDouble() > 0);
        Assert.False((await machine.TryAsync("xpc --profile 0")).Succeeded);
        await AssertAnsweredAsync(machine);
    });

    private static async Task AssertAnsweredAsync(BootedMachine machine)
    {
        using JsonDocument ping = JsonDocument.Parse(await machine.RunAsync($"ping {Gateway} --count 3 --timeout 5000 --json"));
        Assert.Equal(3, ping.RootElement.GetProperty("answered").GetInt32());
    }
}
