using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Echo;

/// <summary>Drives datagrams at the guest's echo port and keeps account of the answers.</summary>
public sealed class EchoLoad : IDisposable
{
    private static readonly TimeSpan s_probeInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_lateAnswers = TimeSpan.FromSeconds(2);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Random _random;

    /// <summary>Will send to a port of the loopback address.</summary>
    public EchoLoad(int port, int seed)
    {
        _random = new Random(seed);

        // What the guest answers must not be lost here.
        _socket.ReceiveBufferSize = 4 * 1024 * 1024;
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>
    /// Waits until the guest's network is up: until a datagram is answered. The probes come from a port of their own, so that
    /// late answers to them are not taken for answers of a measurement.
    /// </summary>
    public static async Task WaitForAnswerAsync(int port, CancellationToken cancellation)
    {
        using EchoLoad probe = new(port, seed: 0);
        using CancellationTokenSource answered = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        EchoLedger ledger = new();
        Task receiving = probe.ReceiveAsync(ledger, answered.Token);
        byte[] buffer = new byte[EchoDatagram.LongestBytes];
        while (ledger.Answered == 0)
        {
            await probe.SendAsync(buffer, ledger);
            await Task.Delay(s_probeInterval, cancellation);
        }

        await answered.CancelAsync();
        await receiving;
    }

    /// <summary>Sends at a steady rate for a time, then waits for the last answers.</summary>
    public async Task<EchoCounts> RunAsync(int datagramsPerSecond, TimeSpan duration, CancellationToken cancellation)
    {
        EchoLedger ledger = new();
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task receiving = ReceiveAsync(ledger, done.Token);
        byte[] buffer = new byte[EchoDatagram.LongestBytes];
        TimeSpan start = _clock.Elapsed;
        long target = (long)(datagramsPerSecond * duration.TotalSeconds);
        for (long sent = 0; sent < target;)
        {
            long due = Math.Min(target, (long)(datagramsPerSecond * (_clock.Elapsed - start).TotalSeconds) + 1);
            for (; sent < due; sent++)
            {
                await SendAsync(buffer, ledger);
            }

            await Task.Delay(1, cancellation);
        }

        TimeSpan ended = _clock.Elapsed;
        while (ledger.IsWaiting && _clock.Elapsed - ended < s_lateAnswers)
        {
            await Task.Delay(s_probeInterval, cancellation);
        }

        await done.CancelAsync();
        await receiving;
        return ledger.Close(ended);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(byte[] buffer, EchoLedger ledger)
    {
        uint sequence = ledger.Send(_clock.Elapsed);
        int length = EchoDatagram.Write(buffer, sequence, _random);
        try
        {
            await _socket.SendAsync(buffer.AsMemory(0, length), SocketFlags.None);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // The kernel of the host reports an earlier datagram here; this one counts as lost, too.
        }
    }

    private async Task ReceiveAsync(EchoLedger ledger, CancellationToken cancellation)
    {
        byte[] buffer = new byte[ushort.MaxValue];
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);
                ledger.Receive(buffer.AsSpan(0, length), _clock.Elapsed);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // Nobody listens on the forwarded port yet.
            }
        }
    }
}
