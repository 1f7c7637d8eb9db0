using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Floods;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Clients that want more of the machine than they may have, while others are served.</summary>
public sealed class HostileClients
{
    private const int WebPort = 80;
    private const int SlowClients = 2000;
    private const int HeldConnections = 1000;
    private const int Floods = 20_000;
    private const int FuzzedSegments = 20_000;
    private const int FramesPerSecond = 5000;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task AFloodOfRequestsAndRandomSegmentsNeitherStopsTheServiceNorCostsMemory()
    {
        using CancellationTokenSource deadline = new(s_limit);
        FloodDemoSettings settings = new(Floods, FuzzedSegments, FramesPerSecond, Seed: 1);
        FloodDemoResult result = await BootTest.InSlotAsync(iso => FloodDemo.RunAsync(iso, new BootOptions(), settings, deadline.Token));
        Assert.True(result.IsGood, result.ToString());
        Assert.True(result.RequestsAccepted > Floods / 2, $"{result.RequestsAccepted} of {Floods} requests were accepted");
    }

    [Fact]
    public Task ClientsThatNeverFinishTheirRequestsDoNotStopTheService()
    {
        int webPort = FreePort.Find();
        int echoPort = FreePort.Find();
        return BootTest.RunAsync(
            Options(webPort, echoPort),
            async machine =>
            {
                using CancellationTokenSource deadline = new(s_limit);
                using ServiceLoad service = new(webPort, echoPort);
                await service.WaitUntilUpAsync(deadline.Token);
                await machine.WaitForNoConnectionAsync(deadline.Token);
                long pages = await machine.OtherPagesAsync();

                // The server itself ends each: when its time for a head is over, or when others need the place.
                ServiceCounts counts = await service.RunAsync(SlowRequest.RunAsync(webPort, SlowClients, deadline.Token), deadline.Token);
                Assert.True(counts is { Succeeded: > 0, Failed: 0 }, counts.ToString());
                await machine.WaitForNoConnectionAsync(deadline.Token);

                // The page tables for so many connections are kept: two for five of them.
                await machine.WaitForPagesAsync(pages + (SlowClients * 2 / 5), deadline.Token);
            },
            s_limit);
    }

    [Fact]
    public Task AThousandConnectionsAreHeldOverTheDeathOfTheStack()
    {
        int port = FreePort.Find();
        return BootTest.RunAsync(
            Options(FreePort.Find(), port),
            async machine =>
            {
                using CancellationTokenSource deadline = new(s_limit);
                using (await EchoConnection.OpenWhenUpAsync(port, deadline.Token))
                {
                    // Only to wait for the network.
                }

                // The page tables for so many connections are kept, so that the second time tells what is lost.
                await HoldAsync(machine, port, extension: null, deadline.Token);
                long pages = await machine.OtherPagesAsync();
                await HoldAsync(machine, port, "tcpip", deadline.Token);
                await machine.WaitForPagesAsync(pages, deadline.Token);
            },
            s_limit);
    }

    private static BootOptions Options(int webPort, int echoPort) => new()
    {
        Forwards =
        [
            new PortForward(ForwardedTransport.Tcp, webPort, WebPort),
            new PortForward(ForwardedTransport.Tcp, echoPort, EchoConnection.GuestPort),
        ],
    };

    private static async Task HoldAsync(BootedMachine machine, int port, string? extension, CancellationToken cancellation)
    {
        await machine.WaitForNoConnectionAsync(cancellation);
        List<EchoConnection> connections = [];
        while (connections.Count < HeldConnections)
        {
            connections.Add(await EchoConnection.OpenAsync(port, cancellation));
        }

        Assert.Equal(HeldConnections, await machine.CountConnectionsAsync());
        await ExchangeAsync(connections, cancellation);
        if (extension is not null)
        {
            await machine.CrashAsync(extension, "wild-write");
            await ExchangeAsync(connections, cancellation);
        }

        await Task.WhenAll(connections.Select(connection => connection.EndAsync(cancellation)));
        connections.ForEach(connection => connection.Dispose());
        await machine.WaitForNoConnectionAsync(cancellation);
    }

    private static Task ExchangeAsync(IEnumerable<EchoConnection> connections, CancellationToken cancellation) =>
        Task.WhenAll(connections.Select((connection, number) => connection.ExchangeAsync(BitConverter.GetBytes(number), cancellation)));
}
