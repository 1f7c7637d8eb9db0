using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Echo;

/// <summary>Drives datagrams through an extension that is crashed again and again.</summary>
public sealed class EchoDemo
{
    private const int EchoPort = 7;

    private readonly NooksMachine _machine;
    private readonly EchoDemoSettings _settings;
    private readonly int _port;
    private readonly Crasher _crasher;

    private EchoDemo(NooksMachine machine, EchoDemoSettings settings, BootOptions options, int port)
    {
        _machine = machine;
        _settings = settings;
        _port = port;
        _crasher = new Crasher(machine, options, [settings.Extension]);
    }

    /// <summary>Boots a machine, runs the demonstration and stops the machine.</summary>
    public static async Task<EchoDemoResult> RunAsync(
        string isoFile,
        BootOptions options,
        EchoDemoSettings settings,
        CancellationToken cancellation)
    {
        int port = FreePort.FindForDatagrams();
        BootOptions forwarded = options with
        {
            Forwards = [.. options.Forwards, new PortForward(ForwardedTransport.Udp, port, EchoPort)],
        };
        await using NooksMachine machine = await NooksMachine.StartAsync(isoFile, forwarded, cancellation);
        return await new EchoDemo(machine, settings, options, port).RunAsync(cancellation);
    }

    private async Task<EchoDemoResult> RunAsync(CancellationToken cancellation)
    {
        try
        {
            await EchoLoad.WaitForAnswerAsync(_port, cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new HostException("no datagram was answered in time: the guest's network did not come up");
        }

        await _crasher.PrepareAsync(cancellation);
        using EchoLoad load = new(_port, _settings.Seed);
        Task<EchoCounts> sending = load.RunAsync(_settings.DatagramsPerSecond, _settings.Duration, cancellation);
        await CrashAsync(cancellation);
        EchoCounts counts = await sending;
        await _crasher.SettleAsync(cancellation);
        CommandResult faults = await _machine.RequireAsync("faults --json", cancellation);
        FaultRecord[] failures = [.. FaultRecord.ParseAll(faults.Output).Where(fault => fault.Extension == _settings.Extension)];
        return new EchoDemoResult(counts, _crasher.Crashes, failures);
    }

    private async Task CrashAsync(CancellationToken cancellation)
    {
        if (_settings.CrashInterval is not { } interval)
        {
            return;
        }

        int planned = (int)Math.Ceiling(_settings.Duration / interval) - 1;
        using PeriodicTimer timer = new(interval);
        for (int turn = 0; turn < planned; turn++)
        {
            await timer.WaitForNextTickAsync(cancellation);
            await _crasher.CrashNextAsync(cancellation);
        }
    }
}
