using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Benchmarks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>What a stream over TCP costs with protection and without, in instructions that the emulator counts.</summary>
public sealed class StreamCosts
{
    private const int StreamBytes = 8_000_000;
    private const int Rounds = 2;

    // How many frames an exchange finds is the host's affair, from which some hundredths more or less come.
    private const double MostGrowth = 1.1;

    [Fact]
    public Task ProtectionTakesHardlyAnyInstructions()
    {
        PortForward forward = new(ForwardedTransport.Tcp, FreePort.Find(), IperfClient.GuestPort);
        BootOptions options = new() { CountInstructions = true, Forwards = [forward] };
        return BootTest.RunAsync(options, async machine =>
        {
            await machine.RunAsync("ping 10.0.2.2 --count 1 --timeout 10000");
            await machine.RunAsync("ext load iperf");
            Dictionary<string, long> instructions = new() { ["direct"] = 0, ["domain"] = 0 };
            for (int round = 0; round <= Rounds; round++)
            {
                foreach (string mode in instructions.Keys)
                {
                    foreach (string extension in new[] { "e1000", "tcpip", "iperf" })
                    {
                        await machine.RunAsync($"isolate {extension} {mode}");
                    }

                    long before = await CountAsync(machine);
                    await SendAsync(options.AddressOf(forward));
                    await machine.WaitForNoConnectionAsync(CancellationToken.None);

                    // What is done for the first time costs more.
                    instructions[mode] += round == 0 ? 0 : await CountAsync(machine) - before;
                }
            }

            Assert.InRange(instructions["domain"], Rounds * StreamBytes, (long)(MostGrowth * instructions["direct"]));
        });
    }

    private static async Task SendAsync(IPEndPoint server)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(new byte[StreamBytes]);
        client.Client.Shutdown(SocketShutdown.Send);

        // It closes when it has read everything.
        while (await stream.ReadAsync(new byte[256]) != 0)
        {
        }
    }

    private static async Task<long> CountAsync(BootedMachine machine)
    {
        using JsonDocument time = JsonDocument.Parse(await machine.RunAsync("uptime --json"));
        return time.RootElement.GetProperty("nanoseconds").GetInt64() - time.RootElement.GetProperty("idleNanoseconds").GetInt64();
    }
}
