using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Links;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Floods;

/// <summary>Floods a machine with hostile segments while it goes on serving.</summary>
public sealed class FloodDemo
{
    private const ushort EchoPort = 7;
    private const ushort WebPort = 80;

    // The emulator accepts one forwarded connection at a time.
    private const int ConcurrentForwards = 2;
    private const int ConcurrentRequests = 32;

    // Half-open connections that fuzzed segments completed are given up by keep-alive only; their ends need some time as well.
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_lastAnswers = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly NooksMachine _machine;
    private readonly LinkRelay _relay;
    private readonly FloodDemoSettings _settings;
    private readonly RequestFuzzLoad _brokenRequests;

    private FloodDemo(NooksMachine machine, FloodDemoSettings settings, RequestFuzzLoad brokenRequests)
    {
        _brokenRequests = brokenRequests;
        _machine = machine;
        _relay = machine.Relay ?? throw new HostException("a flood needs a network card");
        _settings = settings;
    }

    /// <summary>Boots a machine, runs the demonstration and stops the machine.</summary>
    public static async Task<FloodDemoResult> RunAsync(
        string isoFile,
        BootOptions options,
        FloodDemoSettings settings,
        CancellationToken cancellation)
    {
        PortForward web = new(ForwardedTransport.Tcp, FreePort.Find(), WebPort);
        PortForward echo = new(ForwardedTransport.Tcp, FreePort.Find(), EchoPort);
        BootOptions forwarded = options with { InjectsFrames = true, Forwards = [.. options.Forwards, web, echo] };
        int workers = options.Peer == PeerKind.Linux ? ConcurrentRequests : ConcurrentForwards;
        await using NooksMachine machine = await NooksMachine.StartAsync(isoFile, forwarded, cancellation);
        using ServiceLoad service = new(options.AddressOf(web), options.AddressOf(echo));
        RequestFuzzLoad brokenRequests = new(options.AddressOf(web), workers);
        return await new FloodDemo(machine, settings, brokenRequests).RunAsync(service, cancellation);
    }

    private async Task<FloodDemoResult> RunAsync(ServiceLoad service, CancellationToken cancellation)
    {
        try
        {
            await service.WaitUntilUpAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new HostException("no request was answered in time: the guest's network did not come up");
        }

        await RestAsync(pages: long.MaxValue, cancellation);
        GuestMemory before = await ReadMemoryAsync(cancellation);
        FloodWatch watch = new();
        _relay.FilterFromGuest(watch);
        Task<long> flooding = FloodAsync(watch, cancellation);
        ServiceCounts counts = await service.RunAsync(flooding, cancellation);
        int connections = await RestAsync(before.OtherPages, cancellation);
        IReadOnlyList<FaultRecord> faults = FaultRecord.ParseAll((await _machine.RequireAsync("faults --json", cancellation)).Output);
        return new FloodDemoResult(_settings, await flooding, watch.Refused, counts)
        {
            MemoryBefore = before,
            MemoryAfter = await ReadMemoryAsync(cancellation),
            ConnectionsAfter = connections,
            BrokenRequestsSent = _settings.BrokenRequests,
            BrokenRequestsStalled = _brokenRequests.Stalled,
            Faults = faults.Count,
            FirstFault = faults.Count == 0 ? null : $"{faults[0].Extension}: {faults[0]}",
        };
    }

    // Returns how many requests were accepted. Random segments contain requests too, which nobody counts.
    private async Task<long> FloodAsync(FloodWatch watch, CancellationToken cancellation)
    {
        FrameInjector injector = new(_relay, _settings.FramesPerSecond);
        await injector.RunAsync(new SynFlood(_settings.Seed, WebPort, EchoPort), _settings.Requests, cancellation);
        await Task.Delay(s_lastAnswers, cancellation);
        long accepted = watch.Accepted;
        await injector.RunAsync(new SegmentFuzzer(_settings.Seed, watch, WebPort, EchoPort), _settings.FuzzedSegments, cancellation);
        await _brokenRequests.RunAsync(new RequestFuzzer(_settings.Seed), _settings.BrokenRequests, cancellation);
        return accepted;
    }

    // Returns how many connections there still are when nothing changes any more, or when there is nothing left to wait for.
    private async Task<int> RestAsync(long pages, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            using JsonDocument sockets = JsonDocument.Parse((await _machine.RequireAsync("sockets --json", cancellation)).Output);
            int connections = sockets.RootElement.GetProperty("connections").GetInt32();
            if ((connections == 0 && (await ReadMemoryAsync(cancellation)).OtherPages <= pages) || clock.Elapsed > s_rest)
            {
                return connections;
            }

            await Task.Delay(s_pause, cancellation);
        }
    }

    private async Task<GuestMemory> ReadMemoryAsync(CancellationToken cancellation) =>
        GuestMemory.Parse((await _machine.RequireAsync("mem --json", cancellation)).Output);
}
