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
    private const int WaitMilliseconds = 5000;

    private readonly NooksMachine _machine;
    private readonly EchoDemoSettings _settings;
    private readonly int _port;
    private readonly string[] _kinds;

    private EchoDemo(NooksMachine machine, EchoDemoSettings settings, BootOptions options, int port)
    {
        _machine = machine;
        _settings = settings;
        _port = port;
        bool isDeprivileged = options.Protection is Protection.Auto or Protection.Ring3;
        _kinds = isDeprivileged ? [.. CrashKinds.All] : [.. CrashKinds.Contained];
    }

    /// <summary>Boots a machine, runs the demonstration and stops the machine.</summary>
    public static async Task<EchoDemoResult> RunAsync(
        string isoFile,
        BootOptions options,
        EchoDemoSettings settings,
        CancellationToken cancellation)
    {
        int port = EchoLoad.FindFreePort();
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

        // A policy that gives up after so many failures would end the demonstration early.
        await RequireAsync($"policy {_settings.Extension} restart initial=0 maximum=0 faults=0", cancellation);
        using EchoLoad load = new(_port, _settings.Seed);
        Task<EchoCounts> sending = load.RunAsync(_settings.DatagramsPerSecond, _settings.Duration, cancellation);
        int crashes = await CrashAsync(cancellation);
        EchoCounts counts = await sending;
        if (crashes > 0)
        {
            // A failed wait shows in the records, which are wanted all the more then.
            await _machine.RunAsync($"wait recovered {_settings.Extension} {WaitMilliseconds}", cancellation);
        }

        CommandResult faults = await RequireAsync("faults --json", cancellation);
        return new EchoDemoResult(counts, crashes, FaultRecord.ParseAll(faults.Output).Where(fault => fault.Extension == _settings.Extension));
    }

    private async Task<int> CrashAsync(CancellationToken cancellation)
    {
        if (_settings.CrashInterval is not { } interval)
        {
            return 0;
        }

        int planned = (int)Math.Ceiling(_settings.Duration / interval) - 1;
        using PeriodicTimer timer = new(interval);
        int crashes = 0;
        for (int turn = 0; turn < planned; turn++)
        {
            await timer.WaitForNextTickAsync(cancellation);

            // Refused while the recovery from the last crash still runs: then it did not happen.
            CommandResult result = await _machine.RunAsync($"crash {_settings.Extension} {_kinds[turn % _kinds.Length]}", cancellation);
            crashes += result.Succeeded ? 1 : 0;
        }

        return crashes;
    }

    private async Task<CommandResult> RequireAsync(string command, CancellationToken cancellation)
    {
        CommandResult result = await _machine.RunAsync(command, cancellation);
        return result.Succeeded ? result : throw new HostException($"the kernel refused '{command}': {result.Output.Trim()}");
    }
}
