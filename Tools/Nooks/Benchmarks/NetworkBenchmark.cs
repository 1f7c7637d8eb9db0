using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Benchmarks;

/// <summary>
/// Measures one stream over TCP in each direction between iperf of the host and that of the guest. The extensions on its way take turns
/// with protection and without, in one boot and under one address, so that whatever else the host does falls on both.
/// </summary>
/// <param name="isoFile">The bootable image.</param>
/// <param name="options">The machine, which must not have been started without protection.</param>
/// <param name="rounds">How many streams are measured in each mode in each direction.</param>
/// <param name="seconds">How long each of them runs.</param>
public sealed class NetworkBenchmark(string isoFile, BootOptions options, int rounds, int seconds)
{
    private const int WarmUpSeconds = 1;
    private const string AnswerOfTheGateway = "ping 10.0.2.2 --count 1 --timeout 10000";
    private const string NetworkStack = "tcpip";
    private const string Server = "iperf";
    private const string LoadServer = $"ext load {Server}";

    private static readonly StreamDirection[] s_directions = Enum.GetValues<StreamDirection>();

    /// <summary>Measures both directions, first as the host executes the guest and then where the emulator counts instructions.</summary>
    public async Task<IReadOnlyList<NetworkRow>> RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<StreamRounds> timed = await MeasureAsync(options with { CountInstructions = false }, cancellation);
        IReadOnlyList<StreamRounds> counted = await MeasureAsync(options with { CountInstructions = true }, cancellation);
        return [.. s_directions.Select((direction, index) => new NetworkRow(direction, timed[index], counted[index]))];
    }

    private async Task<IReadOnlyList<StreamRounds>> MeasureAsync(BootOptions machineOptions, CancellationToken cancellation)
    {
        PortForward forward = new(ForwardedTransport.Tcp, FreePort.Find(), IperfClient.GuestPort);
        BootOptions boot = machineOptions with { Forwards = [.. machineOptions.Forwards, forward] };
        await using NooksMachine machine = await NooksMachine.StartAsync(isoFile, boot, cancellation);
        await machine.RequireAsync(AnswerOfTheGateway, cancellation);
        await machine.RequireAsync(LoadServer, cancellation);
        IPEndPoint server = boot.AddressOf(forward);
        List<StreamRounds> measured = [];
        foreach (StreamDirection direction in s_directions)
        {
            // What was not done before costs more, in either mode.
            await MeasureAsync(machine, IsolationMode.Direct, server, direction, WarmUpSeconds, cancellation);
            await MeasureAsync(machine, IsolationMode.Domain, server, direction, WarmUpSeconds, cancellation);
            List<StreamRun> direct = [];
            List<StreamRun> domain = [];
            for (int round = 0; round < rounds; round++)
            {
                direct.Add(await MeasureAsync(machine, IsolationMode.Direct, server, direction, seconds, cancellation));
                domain.Add(await MeasureAsync(machine, IsolationMode.Domain, server, direction, seconds, cancellation));
            }

            measured.Add(new StreamRounds(direct, domain));
        }

        return measured;
    }

    private async Task<StreamRun> MeasureAsync(
        NooksMachine machine,
        IsolationMode isolation,
        IPEndPoint server,
        StreamDirection direction,
        int duration,
        CancellationToken cancellation)
    {
        foreach (string extension in new[] { options.NetworkDriver!, NetworkStack, Server })
        {
            await machine.RequireAsync($"isolate {extension} {isolation.ToString().ToLowerInvariant()}", cancellation);
        }

        NetworkCounters before = await NetworkCounters.ReadAsync(machine, cancellation);
        TimeSpan begin = machine.ProcessorTime;
        (long bytes, double megabitsPerSecond) = await IperfClient.RunAsync(server, direction, duration, cancellation);
        TimeSpan end = machine.ProcessorTime;
        NetworkCounters after = await NetworkCounters.ReadAsync(machine, cancellation);
        return new StreamRun(bytes, megabitsPerSecond, after.Since(before), end - begin);
    }
}
