using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>TCP connections from the host while the parts below them crash.</summary>
public sealed class ConnectionsThatSurvive
{
    private const int TransferBytes = 10_000_000;
    private const int ManyConnections = 200;
    private const int LeastCrashes = 3;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    public static TheoryData<string, string, Protection> Crashes() => new()
    {
        { "e1000", "tcpip", Protection.Ring3 },
        { "e1000", "e1000", Protection.Ring3 },
        { "e1000e", "e1000e", Protection.Ring3 },
        { "pcnet", "pcnet32", Protection.Ring3 },
        { "rtl8139", "rtl8139", Protection.Ring3 },
        { "virtio-net-pci", "virtio-net", Protection.Ring3 },
        { "e1000", "tcpip", Protection.PageTable },
        { "e1000", "e1000", Protection.PageTable },
        { "e1000", "tcpip", Protection.Pks },
    };

    [Theory]
    [MemberData(nameof(Crashes))]
    public Task NoByteIsLostOrChanged(string nic, string extension, Protection protection)
    {
        int port = FreePort.Find();
        return BootTest.RunAsync(
            Options(port, protection) with { Nic = nic },
            async machine =>
            {
                using CancellationTokenSource deadline = new(s_limit);
                await machine.RunAsync($"policy {extension} restart initial=0 maximum=0 faults=0");
                using EchoConnection connection = await EchoConnection.OpenWhenUpAsync(port, deadline.Token);
                long pages = await machine.OtherPagesAsync();
                byte[] bytes = new byte[TransferBytes];
                new Random(1).NextBytes(bytes);

                string[] kinds = [.. protection == Protection.Ring3 ? CrashKinds.All : CrashKinds.Contained];
                int crashes = 0;
                do
                {
                    // Again as long as the machine was too fast to be hit: what is shown is a transfer with crashes in it.
                    Task exchange = connection.ExchangeAsync(bytes, deadline.Token);
                    for (; !exchange.IsCompleted; crashes++)
                    {
                        await machine.CrashAsync(extension, kinds[crashes % kinds.Length]);
                        await Task.Delay(s_pause, deadline.Token);
                    }

                    await exchange;
                }
                while (crashes < LeastCrashes);

                await connection.EndAsync(deadline.Token);
                await AssertNothingIsLeftAsync(machine, pages, deadline.Token);
                IReadOnlyList<FaultRecord> faults = await machine.FaultsAsync();
                Assert.True(crashes == faults.Count, $"{crashes} crashes, but {string.Join('\n', faults)}");
                Assert.All(faults, fault => Assert.Equal(("recovered", 0, 0), (fault.Outcome, fault.ObjectsLeaked, fault.PagesLeaked)));
            },
            s_limit);
    }

    [Fact]
    public Task ManyConnectionsAreHeldOverTheDeathOfEveryPart()
    {
        int port = FreePort.Find();
        return BootTest.RunAsync(
            Options(port, Protection.Ring3),
            async machine =>
            {
                using CancellationTokenSource deadline = new(s_limit);
                using (EchoConnection first = await EchoConnection.OpenWhenUpAsync(port, deadline.Token))
                {
                    await first.EndAsync(deadline.Token);
                }

                long pages = await machine.OtherPagesAsync();
                List<EchoConnection> connections = [];
                for (int count = 0; count < ManyConnections; count++)
                {
                    connections.Add(await EchoConnection.OpenAsync(port, deadline.Token));
                }

                Assert.Equal(ManyConnections, await machine.CountConnectionsAsync());
                foreach (string extension in (string[])["tcpip", "e1000", "tcpip"])
                {
                    await machine.CrashAsync(extension, "wild-write");
                    await Task.WhenAll(connections.Select((connection, number)
                        => connection.ExchangeAsync(BitConverter.GetBytes(number), deadline.Token)));
                }

                await Task.WhenAll(connections.Select(connection => connection.EndAsync(deadline.Token)));
                connections.ForEach(connection => connection.Dispose());
                await AssertNothingIsLeftAsync(machine, pages, deadline.Token);
            },
            s_limit);
    }

    private static BootOptions Options(int port, Protection protection) => new()
    {
        Protection = protection,
        Forwards = [new PortForward(ForwardedTransport.Tcp, port, EchoConnection.GuestPort)],
    };

    private static async Task AssertNothingIsLeftAsync(BootedMachine machine, long pages, CancellationToken cancellation)
    {
        await machine.WaitForNoConnectionAsync(cancellation);
        await machine.WaitForPagesAsync(pages, cancellation);
    }
}
