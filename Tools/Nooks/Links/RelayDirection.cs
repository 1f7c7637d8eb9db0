using System;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Links;

/// <summary>
/// One direction of the relay: from a socket, over an impaired line, to another socket. It has threads of its own: whatever else this
/// program does must not look to the guest like a network that has fallen silent.
/// </summary>
internal sealed class RelayDirection : IAsyncDisposable
{
    private const int ReceiveBytes = 256 * 1024;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lineLock = new();
    private readonly FrameSender _sender = new();
    private readonly HostSocket _input;
    private readonly HostSocket _output;
    private readonly ImpairedLine _line;
    private readonly Timer _release;
    private volatile IFrameFilter? _filter;

    /// <summary>Listens in a folder for QEMU.</summary>
    public RelayDirection(TemporaryFolder folder, string name, LinkQuality quality, int seed)
    {
        _input = new HostSocket(folder.File(name + "-in"));
        _output = new HostSocket(folder.File(name + "-out"));
        _line = new ImpairedLine(new FrameFates(quality, seed), _sender.Add);
        _release = new Timer(_ => Release());
    }

    /// <summary>Where QEMU is to connect to.</summary>
    public RedirectedQueue Sockets => new(_input.Path, _output.Path);

    /// <summary>What became of the frames so far.</summary>
    public LinkCounts Counts
    {
        get
        {
            lock (_lineLock)
            {
                return _line.Counts;
            }
        }
    }

    /// <summary>Who may take frames away before they enter the line.</summary>
    public IFrameFilter? Filter
    {
        get => _filter;
        set => _filter = value;
    }

    /// <summary>Sends a frame that did not come over the line.</summary>
    public void Add(ReadOnlySpan<byte> frame) => _sender.Add(frame);

    /// <summary>Waits for QEMU and relays until it is gone.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using Socket input = await _input.AcceptAsync(cancellation);
        using Socket output = await _output.AcceptAsync(cancellation);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using CancellationTokenRegistration closing = end.Token.Register(() => ShutDown(input, output));
        Task sending = OnThread(() => _sender.Run(output, end.Token));
        Task receiving = OnThread(() => Receive(input));
        await Task.WhenAny(sending, receiving);
        await end.CancelAsync();
        await Task.WhenAll(sending, receiving);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _release.DisposeAsync();
        _input.Dispose();
        _output.Dispose();
        _sender.Dispose();
    }

    private static Task OnThread(Action work)
        => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // Ends the calls that wait in them.
    private static void ShutDown(params ReadOnlySpan<Socket> sockets)
    {
        foreach (Socket socket in sockets)
        {
            try
            {
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // QEMU was gone first.
            }
        }
    }

    private void Receive(Socket input)
    {
        FrameParser parser = new(Enter);
        byte[] buffer = new byte[ReceiveBytes];
        for (int length; (length = input.Receive(buffer)) > 0;)
        {
            parser.Take(buffer.AsSpan(0, length));
        }
    }

    private void Enter(ReadOnlySpan<byte> frame)
    {
        if (Filter?.Takes(frame) == true)
        {
            return;
        }

        lock (_lineLock)
        {
            bool wasHolding = _line.NextRelease is not null;
            _line.Enter(frame, _clock.Elapsed);
            if (!wasHolding)
            {
                ScheduleRelease();
            }
        }
    }

    private void Release()
    {
        lock (_lineLock)
        {
            _line.Release(_clock.Elapsed);
            ScheduleRelease();
        }
    }

    private void ScheduleRelease()
    {
        if (_line.NextRelease is { } due)
        {
            // The timer counts whole milliseconds; one too early would only have to be set again.
            TimeSpan wait = due - _clock.Elapsed + TimeSpan.FromMilliseconds(1);
            _release.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
