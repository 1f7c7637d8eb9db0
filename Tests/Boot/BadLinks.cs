using System;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Host;
using NooksOS.Tool.Links;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using NooksOS.Tool.Transfers;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>TCP over a link that loses, reorders and duplicates frames, while the parts below it crash.</summary>
public sealed class BadLinks
{
    private const long TransferBytes = 4_000_000;
    private const int EchoBytes = 500_000;
    private const int LeastCrashes = 2;

    private static readonly LinkQuality s_bad = new() { LossPercent = 1, ReorderPercent = 1, DuplicatePercent = 1 };
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task DownloadAndUploadArriveWholeInOneRequestEach()
    {
        TransferSettings settings = new(TransferBytes, TransferBytes, ["e1000", "tcpip"], s_interval);
        foreach (TransferResult result in await BootTest.InSlotAsync(async iso =>
        {
            using CancellationTokenSource deadline = new(s_limit);
            return await TransferDemo.RunAsync(iso, new BootOptions { Link = s_bad }, settings, deadline.Token);
        }))
        {
            Assert.Equal((TransferBytes, true, 0), (result.Bytes, result.Identical, result.BrokenRequests));
            Assert.True(result.Crashes > 0, $"nothing was crashed during the {result.Direction}");
        }
    }

    [Fact]
    public Task AnEchoComesBackWholeOverOneConnection()
    {
        int port = FreePort.Find();
        BootOptions options = new() { Link = s_bad, Forwards = [new PortForward(ForwardedTransport.Tcp, port, EchoConnection.GuestPort)] };
        return BootTest.RunAsync(
            options,
            async machine =>
            {
                using CancellationTokenSource deadline = new(s_limit);
                string[] extensions = ["e1000", "tcpip"];
                foreach (string extension in extensions)
                {
                    await machine.RunAsync($"policy {extension} restart initial=0 maximum=0 faults=0");
                }

                using EchoConnection connection = await EchoConnection.OpenWhenUpAsync(port, deadline.Token);
                byte[] bytes = new byte[EchoBytes];
                new Random(1).NextBytes(bytes);
                int crashes = 0;
                do
                {
                    Task exchange = connection.ExchangeAsync(bytes, deadline.Token);
                    for (; !exchange.IsCompleted; crashes++)
                    {
                        await machine.CrashAsync(extensions[crashes % extensions.Length], CrashKinds.All[crashes % CrashKinds.All.Count]);
                        await Task.Delay(s_interval, deadline.Token);
                    }

                    await exchange;
                }
                while (crashes < LeastCrashes);

                await connection.EndAsync(deadline.Token);
                AssertBad(machine.Relay!.ToGuestCounts);
                AssertBad(machine.Relay.FromGuestCounts);
            },
            s_limit);
    }

    // The link really was what the test wants it to be.
    private static void AssertBad(LinkCounts counts)
    {
        Assert.NotEqual(0, counts.Lost);
        Assert.NotEqual(0, counts.Duplicated);
        Assert.NotEqual(0, counts.Reordered);
    }
}
