using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Benchmarks;

/// <summary>
/// Measures one stream over TCP in each direction between iperf of the host and that of the guest. Two machines take turns, one with
/// protection and one without, so that whatever else the host does falls on both.
/// </summary>
/// <param name="isoFile">The bootable image.</param>
/// <param name="options">The machine with protection; the other one differs in that only.</param>
/// <param name="rounds">How many streams are measured on each machine in each direction.</param>
/// <param name="seconds">How long each of them runs.</param>
public sealed class NetworkBenchmark(string isoFile, BootOptions options, int rounds, int seconds)
{
    private const int WarmUpSeconds = 1;
    private const string AnswerOfTheGateway = "ping 10.0.2.2 --count 1 --timeout 10000";
    private const string LoadServer = "ext load iperf";

    /// <summary>Measures both directions.</summary>
    public async Task<IReadOnlyList<NetworkRow>> RunAsync(CancellationToken cancellation)
    {
        int directPort = FreePort.Find();
        await using NooksMachine direct = await StartAsync(IsolationMode.Direct, directPort, cancellation);
        int domainPort = FreePort.Find();
        await using NooksMachine domain = await StartAsync(IsolationMode.Domain, domainPort, cancellation);
        List<NetworkRow> rows = [];
        foreach (StreamDirection direction in Enum.GetValues<StreamDirection>())
        {
            await IperfClient.RunAsync(directPort, direction, WarmUpSeconds, cancellation);
            await IperfClient.RunAsync(domainPort, direction, WarmUpSeconds, cancellation);
            List<StreamRun> directRuns = [];
            List<StreamRun> domainRuns = [];
            for (int round = 0; round < rounds; round++)
            {
                directRuns.Add(await MeasureAsync(direct, directPort, direction, cancellation));
                domainRuns.Add(await MeasureAsync(domain, domainPort, direction, cancellation));
            }

            rows.Add(new NetworkRow(direction, directRuns, domainRuns));
        }

        return rows;
    }

    private async Task<NooksMachine> StartAsync(IsolationMode isolation, int port, CancellationToken cancellation)
    {
        BootOptions boot = options with
        {
            Isolation = isolation,
            Forwards = [.. options.Forwards, new PortForward(ForwardedTransport.Tcp, port, IperfClient.GuestPort)],
        };
        NooksMachine machine = await NooksMachine.StartAsync(isoFile, boot, cancellation);
        try
        {
            await machine.RequireAsync(AnswerOfTheGateway, cancellation);
            await machine.RequireAsync(LoadServer, cancellation);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    private async Task<StreamRun> MeasureAsync(NooksMachine machine, int port, StreamDirection direction, CancellationToken cancellation)
    {
        NetworkCounters before = await NetworkCounters.ReadAsync(machine, cancellation);
        (long bytes, double megabitsPerSecond) = await IperfClient.RunAsync(port, direction, seconds, cancellation);
        NetworkCounters after = await NetworkCounters.ReadAsync(machine, cancellation);
        return new StreamRun(bytes, megabitsPerSecond, after.Since(before));
    }
}
