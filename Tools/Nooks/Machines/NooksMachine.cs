using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Links;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Machines;

/// <summary>A machine without a display whose kernel takes shell commands from the host. Disposing it ends QEMU.</summary>
public sealed class NooksMachine : IAsyncDisposable
{
    private readonly Channel<ControlEvent> _events = Channel.CreateUnbounded<ControlEvent>();
    private readonly SemaphoreSlim _reading = new(1);
    private readonly TemporaryFolder _folder;
    private readonly Process _emulator;
    private readonly PrivateNetwork? _network;
    private readonly BootOptions _options;
    private readonly MachineEnding _ending;
    private Socket? _control;

    private NooksMachine(TemporaryFolder folder, PrivateNetwork? network, LinkRelay? relay, Process emulator, BootOptions options)
    {
        _network = network;
        _options = options;
        _folder = folder;
        Relay = relay;
        _emulator = emulator;
        _ending = new MachineEnding(emulator, ConsoleFileIn(folder));
    }

    /// <summary>How the machine ended; null while it runs.</summary>
    public MachineEnd? End => _ending.End;

    /// <summary>The relay that the frames of the network card pass through; null where <see cref="BootOptions.HasRelay"/> is false.</summary>
    public LinkRelay? Relay { get; }

    /// <summary>What the kernel has written to its console so far.</summary>
    public string ConsoleLog => _ending.ConsoleLog;

    /// <summary>Starts QEMU and waits until the kernel takes commands.</summary>
    public static async Task<NooksMachine> StartAsync(string isoFile, BootOptions options, CancellationToken cancellation)
    {
        NooksMachine machine = await PowerOnAsync(isoFile, options, cancellation);
        try
        {
            await machine.WaitUntilReadyAsync(cancellation);
            return machine;
        }
        catch (MachineEndedException)
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts QEMU with what <see cref="SaveAsync"/> has written of a machine of the same options, whose kernel takes commands.</summary>
    public static async Task<NooksMachine> RestoreAsync(string isoFile, BootOptions options, string stateFile, CancellationToken cancellation)
    {
        NooksMachine machine = await PowerOnAsync(isoFile, options, stateFile, cancellation);
        try
        {
            await machine.AskEmulatorAsync(monitor => monitor.ResumeAsync(cancellation));
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Writes everything that the machine is, but for its disks, to a file, between two commands. False if one of its devices cannot tell.
    /// </summary>
    /// <param name="stateFile">The file.</param>
    /// <param name="keepDisks">Called while the machine stands still, in order to copy what its disks are then.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<bool> SaveAsync(string stateFile, Action keepDisks, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keepDisks);
        bool isSaved = false;
        await AskEmulatorAsync(async monitor =>
        {
            await monitor.StopAsync(cancellation);
            isSaved = await monitor.SaveAsync(stateFile, cancellation);
        });
        if (isSaved)
        {
            keepDisks();
        }

        await AskEmulatorAsync(monitor => monitor.ContinueAsync(cancellation));
        return isSaved;
    }

    /// <summary>Waits until the kernel takes commands.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellation) =>
        await ReadUntilAsync(ControlEventKind.Ready, number: 0, new StringBuilder(), cancellation);

    /// <summary>Runs one shell command. A cancellation counts as a hang of the kernel.</summary>
    public async Task<CommandResult> RunAsync(string command, CancellationToken cancellation)
    {
        StringBuilder output = new();
        try
        {
            await SendAsync(command, cancellation);
            ControlEvent begin = await ReadUntilAsync(ControlEventKind.Begin, number: 0, output, cancellation);
            output.Clear();
            ControlEvent end = await ReadUntilAsync(ControlEventKind.End, begin.Number, output, cancellation);
            return new CommandResult(command, end.Status, output.ToString());
        }
        catch (MachineEndedException failure) when (IsWantedEnd(command, failure.End))
        {
            return new CommandResult(command, 0, output.ToString());
        }
    }

    /// <summary>Takes nothing that the kernel writes for a while, as a host does that has other things to do.</summary>
    public async Task HoldOutputAsync(TimeSpan duration, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            await Task.Delay(duration, cancellation);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Time of the host's processors that the emulator has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _emulator.Refresh();
            return _emulator.TotalProcessorTime;
        }
    }

    /// <summary>Plugs the cable of the network card in, or out.</summary>
    public Task SetLinkAsync(bool isUp, CancellationToken cancellation)

        // QEMU numbers the cards of a model.
        => AskEmulatorAsync(monitor => monitor.SetLinkAsync($"{_options.Nic}.0", isUp, cancellation));

    /// <summary>
    /// Makes the emulator's network as it was at first, whatever frames it got: see <see cref="MonitorClient.FreeNetworkAsync"/> and
    /// <see cref="MonitorClient.RenewForwardAsync"/>.
    /// </summary>
    public Task FreeNetworkAsync(CancellationToken cancellation) => AskEmulatorAsync(async monitor =>
    {
        await monitor.FreeNetworkAsync(cancellation);
        foreach (PortForward forward in _options.Forwards.Where(forward => forward.LeadsDatagrams))
        {
            await monitor.RenewForwardAsync(QemuCommandLine.NetworkName, forward, cancellation);
        }
    });

    /// <summary>Waits until the machine has ended, and says how.</summary>
    public async Task<MachineEnd> WaitForEndAsync(CancellationToken cancellation)
    {
        await _emulator.WaitForExitAsync(cancellation);
        return await _ending.DetermineAsync();
    }

    /// <summary>Runs one shell command that must succeed.</summary>
    /// <exception cref="HostException">It did not.</exception>
    public async Task<CommandResult> RequireAsync(string command, CancellationToken cancellation)
    {
        CommandResult result = await RunAsync(command, cancellation);
        return result.Succeeded ? result : throw new HostException($"the kernel refused '{command}': {result.Output.Trim()}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_emulator.HasExited)
        {
            _emulator.Kill();
        }

        await _ending.WaitForExitAsync();
        _control?.Dispose();
        _ending.Monitor?.Dispose();
        _emulator.Dispose();
        _reading.Dispose();
        if (Relay is not null)
        {
            await Relay.DisposeAsync();
        }

        if (_network is not null)
        {
            await _network.DisposeAsync();
        }

        _folder.Dispose();
    }

    private MonitorClient Monitor => _ending.Monitor!;

    private static string ConsoleFileIn(TemporaryFolder folder) => folder.File("console.log");

    private static bool IsWantedEnd(string command, MachineEnd end) =>
        (command.Trim(), end.Kind) is ("poweroff", MachineEndKind.PowerOff) or ("reboot", MachineEndKind.Reset);

    /// <summary>Starts QEMU and connects to it; the kernel has not run yet, or not far.</summary>
    public static Task<NooksMachine> PowerOnAsync(string isoFile, BootOptions options, CancellationToken cancellation)
        => PowerOnAsync(isoFile, options, stateFile: null, cancellation);

    private static async Task<NooksMachine> PowerOnAsync(string isoFile, BootOptions options, string? stateFile, CancellationToken cancellation)
    {
        PrivateNetwork? network = options.Peer == PeerKind.Linux ? await PrivateNetwork.OpenAsync(cancellation) : null;
        TemporaryFolder folder = new();
        using HostSocket control = new(folder.File("control"));
        using HostSocket monitor = new(folder.File("monitor"));
        LinkRelay? relay = LinkRelay.For(options, folder);
        MachineWiring wiring = new()
        {
            IsoFile = isoFile,
            ConsoleLogFile = ConsoleFileIn(folder),
            ControlSocket = control.Path,
            MonitorSocket = monitor.Path,
            Relay = relay?.Sockets,
            UefiVariablesFile = folder.File("uefi-variables"),
            UefiCodeFile = options.Firmware == Firmware.Uefi ? UefiFirmware.Prepare(folder.File("uefi-variables")) : null,
            StateFile = stateFile,
        };
        Process emulator = BoundProcess.Start(QemuCommandLine.Program, QemuCommandLine.Build(options, wiring), capture: true);
        NooksMachine machine = new(folder, network, relay, emulator, options);
        try
        {
            await machine.ConnectAsync(control, monitor, cancellation);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    private async Task ConnectAsync(HostSocket control, HostSocket monitor, CancellationToken cancellation)
    {
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task exit = _emulator.WaitForExitAsync(cancellation);
        Task<Socket> controlConnection = control.AcceptAsync(gone.Token);
        Task<Socket> monitorConnection = monitor.AcceptAsync(gone.Token);
        Task both = Task.WhenAll(controlConnection, monitorConnection);
        if (await Task.WhenAny(exit, both) == exit)
        {
            await gone.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            throw new MachineEndedException(await _ending.DetermineAsync());
        }

        _control = await controlConnection;
        _ending.Monitor = new MonitorClient(await monitorConnection);
        _ = ReadControlAsync(_control);

        // QEMU makes its connections before it looks at the rest of its arguments, which it may refuse.
        await AskEmulatorAsync(monitor => monitor.NegotiateAsync(cancellation));
    }

    private async Task AskEmulatorAsync(Func<MonitorClient, Task> ask)
    {
        try
        {
            await ask(Monitor);
        }
        catch (Exception failure) when (failure is IOException or ChannelClosedException)
        {
            throw new MachineEndedException(await _ending.DetermineAsync());
        }
    }

    private async Task ReadControlAsync(Socket control)
    {
        ControlProtocol protocol = new();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            for (int length; (length = await control.ReceiveAsync(buffer)) > 0;)
            {
                foreach (ControlEvent said in protocol.Take(buffer.AsSpan(0, length)))
                {
                    _events.Writer.TryWrite(said);
                }

                await _reading.WaitAsync();
                _reading.Release();
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The end of the connection is the end of QEMU, whose exit status tells the rest.
        }

        _events.Writer.TryComplete();
    }

    private async Task SendAsync(string command, CancellationToken cancellation)
    {
        if (End is { } end)
        {
            throw new MachineEndedException(end);
        }

        try
        {
            await _control!.SendAsync(Encoding.UTF8.GetBytes(command.ReplaceLineEndings(" ") + "\n"), cancellation);
        }
        catch (SocketException)
        {
            throw new MachineEndedException(await _ending.DetermineAsync());
        }
    }

    private async Task<ControlEvent> ReadUntilAsync(ControlEventKind kind, int number, StringBuilder output, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                ControlEvent said = await _events.Reader.ReadAsync(cancellation);
                if (said.Kind == kind && (number == 0 || said.Number == number))
                {
                    return said;
                }

                output.Append(said.Text);
            }
        }
        catch (ChannelClosedException)
        {
            throw new MachineEndedException(await _ending.DetermineAsync());
        }
        catch (OperationCanceledException)
        {
            throw new MachineEndedException(await _ending.StopHungMachineAsync());
        }
    }
}
