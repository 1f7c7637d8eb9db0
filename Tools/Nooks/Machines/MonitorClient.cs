using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Machines;

/// <summary>Speaks QEMU's control protocol (QMP).</summary>
public sealed class MonitorClient : IDisposable
{
    // As fast as it goes: the machine stands still.
    private const long MostBytesPerSecond = 1L << 34;

    private const string Completed = "completed";
    private const string Failed = "failed";

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    private readonly Channel<JsonElement> _answers = Channel.CreateUnbounded<JsonElement>();
    private readonly NetworkStream _stream;
    private readonly Task _reading;

    /// <summary>Takes over a connection that QEMU made.</summary>
    public MonitorClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reading = ReadAsync();
    }

    /// <summary>Why QEMU says that the machine was shut down, such as "guest-reset"; null while it runs.</summary>
    public string? ShutdownReason { get; private set; }

    /// <summary>Ends the greeting, after which commands are allowed.</summary>
    public async Task NegotiateAsync(CancellationToken cancellation) => await ExecuteAsync("qmp_capabilities", cancellation);

    /// <summary>The state of the processor, as QEMU's human monitor prints it.</summary>
    public async Task<string> ReadRegistersAsync(CancellationToken cancellation)
    {
        JsonElement answer = await ExecuteLineAsync("info registers", cancellation);
        return answer.TryGetProperty("return", out JsonElement text) ? text.GetString() ?? string.Empty : string.Empty;
    }

    /// <summary>Gives the processor an interrupt that it cannot refuse.</summary>
    public async Task InterruptAsync(CancellationToken cancellation) => await ExecuteAsync("inject-nmi", cancellation);

    /// <summary>
    /// Lets QEMU forget the frames that it holds back. A card that sends a frame of no length stops its network for good: that nothing of it was
    /// taken means there that the receiver cannot take any just now. Before a machine stands still QEMU tries all such frames again, and
    /// drops those that are not taken; the second time there is none left that could stop the network once more.
    /// </summary>
    public async Task FreeNetworkAsync(CancellationToken cancellation)
    {
        for (int time = 0; time < 2; time++)
        {
            await StopAsync(cancellation);
            await ContinueAsync(cancellation);
        }
    }

    /// <summary>
    /// Forwards a port of the host for datagrams anew. QEMU looks for the sender of a guest's datagram among its forwards, too, and one that goes
    /// from a forwarded port to a stranger makes a forward of it that brings the guest datagrams from impossible addresses for good.
    /// </summary>
    /// <param name="network">QEMU's name of the network.</param>
    /// <param name="forward">A forward of datagrams.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RenewForwardAsync(string network, PortForward forward, CancellationToken cancellation)
    {
        string host = string.Create(CultureInfo.InvariantCulture, $"{network} udp:127.0.0.1:{forward.HostPort}");
        await ExecuteLineAsync($"hostfwd_remove {host}", cancellation);
        await ExecuteLineAsync(string.Create(CultureInfo.InvariantCulture, $"hostfwd_add {host}-:{forward.GuestPort}"), cancellation);
    }

    /// <summary>Lets the machine stand still.</summary>
    public async Task StopAsync(CancellationToken cancellation) => await ExecuteAsync("stop", cancellation);

    /// <summary>Lets a machine go on that stands still.</summary>
    public async Task ContinueAsync(CancellationToken cancellation) => await ExecuteAsync("cont", cancellation);

    /// <summary>Writes the state of a machine that stands still to a file. False if one of its devices cannot tell.</summary>
    public async Task<bool> SaveAsync(string file, CancellationToken cancellation)
    {
        await ExecuteAsync("migrate-set-parameters", cancellation, $",\"arguments\":{{\"max-bandwidth\":{MostBytesPerSecond}}}");
        await ExecuteAsync("migrate", cancellation, $",\"arguments\":{{\"uri\":\"exec:cat > '{file}'\"}}");
        while (true)
        {
            JsonElement answer = await ExecuteAsync("query-migrate", cancellation);
            string? status = answer.TryGetProperty("return", out JsonElement migration) && migration.TryGetProperty("status", out JsonElement said)
                ? said.GetString()
                : Failed;
            if (status is Completed or Failed)
            {
                return status == Completed;
            }

            await Task.Delay(s_look, cancellation);
        }
    }

    /// <summary>Waits until a machine that begins with a saved state has it, and lets it go on.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        while (await ReadStateAsync(cancellation) == "inmigrate")
        {
            await Task.Delay(s_look, cancellation);
        }

        await ContinueAsync(cancellation);
    }

    /// <summary>Plugs the cable of a network card in, or out.</summary>
    public async Task SetLinkAsync(string card, bool isUp, CancellationToken cancellation)
    {
        JsonElement answer = await ExecuteAsync(
            "set_link", cancellation, $",\"arguments\":{{\"name\":\"{card}\",\"up\":{(isUp ? "true" : "false")}}}");
        if (answer.TryGetProperty("error", out JsonElement error))
        {
            throw new HostException($"QEMU does not change the link: {error.GetProperty("desc").GetString()}");
        }
    }

    /// <summary>Waits until QEMU has closed the connection, so that nothing it said is missed.</summary>
    public Task WaitForCloseAsync(TimeSpan longest) => Task.WhenAny(_reading, Task.Delay(longest));

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private async Task<string?> ReadStateAsync(CancellationToken cancellation)
    {
        JsonElement answer = await ExecuteAsync("query-status", cancellation);
        return answer.TryGetProperty("return", out JsonElement status) ? status.GetProperty("status").GetString() : null;
    }

    // What QEMU only tells people.
    private Task<JsonElement> ExecuteLineAsync(string line, CancellationToken cancellation)
        => ExecuteAsync("human-monitor-command", cancellation, $",\"arguments\":{{\"command-line\":\"{line}\"}}");

    private async Task<JsonElement> ExecuteAsync(string command, CancellationToken cancellation, string arguments = "")
    {
        byte[] line = Encoding.UTF8.GetBytes($"{{\"execute\":\"{command}\"{arguments}}}\n");
        await _stream.WriteAsync(line, cancellation);
        return await _answers.Reader.ReadAsync(cancellation);
    }

    private async Task ReadAsync()
    {
        try
        {
            using StreamReader reader = new(_stream, leaveOpen: true);
            while (await reader.ReadLineAsync() is { } line)
            {
                Take(line);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or JsonException)
        {
            // QEMU has gone; whoever waits for an answer learns it from the closed channel.
        }
        finally
        {
            _answers.Writer.TryComplete();
        }
    }

    private void Take(string line)
    {
        JsonElement message = JsonElement.Parse(line);
        if (message.TryGetProperty("event", out JsonElement name))
        {
            if (name.GetString() == "SHUTDOWN")
            {
                ShutdownReason = message.GetProperty("data").GetProperty("reason").GetString();
            }
        }
        else if (message.TryGetProperty("return", out _) || message.TryGetProperty("error", out _))
        {
            _answers.Writer.TryWrite(message);
        }
    }
}
