using System;
using System.Threading.Tasks;
using NooksOS.Contracts;

namespace NooksOS.Sockets;

/// <summary>
/// A socket whose calls are awaited instead of waiting. Used by the thread that runs its loop, or before it runs. One call in
/// each direction at a time.
/// </summary>
public sealed class AsyncSocket : Socket
{
    private readonly SocketLoop _loop;
    private TaskCompletionSource? _readable;
    private TaskCompletionSource? _writable;

    // Whether the last call took all that had come, and nothing was reported since; and whether the end was reported, once and for all.
    private bool _isDrained;
    private bool _isEnding;

    /// <summary>Makes a socket.</summary>
    public AsyncSocket(SocketLoop loop, SocketKind kind)
        : base((loop ?? throw new ArgumentNullException(nameof(loop))).Services, kind)
    {
        _loop = loop;
        loop.Add(this);
    }

    private AsyncSocket(SocketLoop loop, Handle<TrackedObjects.Socket> handle)
        : base(loop.Services, handle)
    {
        _loop = loop;
        loop.Add(this);
    }

    /// <summary>Takes the connection that waits longest.</summary>
    public async ValueTask<AsyncSocket> AcceptAsync()
    {
        while (true)
        {
            CallResult<AcceptedSocket> accepted = Services.Accept(Handle, 0);
            if (accepted.Status != CallStatus.WouldBlock)
            {
                SocketException.ThrowIfFailed(accepted.Status);
                return new AsyncSocket(_loop, accepted.Value.Socket);
            }

            await BecomeReadable();
        }
    }

    /// <summary>Connects it.</summary>
    public async ValueTask ConnectAsync(IPEndPoint remote)
    {
        while (true)
        {
            CallStatus status = Services.Connect(Handle, remote.Address.Value, remote.Port, 0).Status;
            if (status != CallStatus.WouldBlock)
            {
                SocketException.ThrowIfFailed(status);
                return;
            }

            await BecomeWritable();
        }
    }

    /// <summary>Sends all of it.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int length = Math.Min(bytes.Length, SocketLimits.TransferBytes);
            CallResult<uint> sent = Services.Send(Handle, bytes.Span[..length], 0);
            if (sent.Status != CallStatus.WouldBlock)
            {
                SocketException.ThrowIfFailed(sent.Status);
                bytes = bytes[(int)sent.Value..];
            }

            // What took a part has no room left: to try once more would be one call more, and in vain.
            if (sent.Status == CallStatus.WouldBlock || sent.Value < (uint)length)
            {
                await BecomeWritable();
            }
        }
    }

    /// <summary>Receives what there is, and returns how much; zero at the end of the stream.</summary>
    public async ValueTask<int> ReceiveAsync(Memory<byte> bytes)
    {
        while (true)
        {
            // Less than there was room for was all that there was: what came later will be reported, and so will the end, unless it was.
            if (_isDrained && !_isEnding)
            {
                _isDrained = false;
                await BecomeReadable();
            }

            int length = Math.Min(bytes.Length, SocketLimits.TransferBytes);
            CallResult<uint> received = Services.Receive(Handle, bytes.Span[..length], 0);
            if (received.Status != CallStatus.WouldBlock)
            {
                SocketException.ThrowIfFailed(received.Status);
                _isDrained = received.Value < (uint)length;
                return (int)received.Value;
            }

            await BecomeReadable();
        }
    }

    /// <summary>Receives one datagram.</summary>
    public async ValueTask<UdpReceiveResult> ReceiveFromAsync(Memory<byte> buffer)
    {
        while (true)
        {
            CallResult<ReceivedDatagram> received = Services.ReceiveFrom(
                Handle, buffer.Span[..Math.Min(buffer.Length, DatagramBatch.MaximumDatagramBytes)], 0);
            if (received.Status != CallStatus.WouldBlock)
            {
                SocketException.ThrowIfFailed(received.Status);
                ReceivedDatagram datagram = received.Value;
                return new UdpReceiveResult(
                    (int)datagram.LengthBytes, new IPEndPoint(new IPAddress(datagram.RemoteAddress), datagram.RemotePort));
            }

            await BecomeReadable();
        }
    }

    /// <summary>The kernel says what the socket is ready for. Runs what waited for that.</summary>
    internal void Dispatch(SocketEvents events)
    {
        _isEnding |= (events & (SocketEvents.PeerClosed | SocketEvents.Error)) != 0;
        if ((events & ~SocketEvents.Writable) != 0)
        {
            _isDrained = false;
            Complete(ref _readable);
        }

        if ((events & (SocketEvents.Writable | SocketEvents.Error)) != 0)
        {
            Complete(ref _writable);
        }
    }

    private protected override void Leave()
    {
        _loop.Remove(this);

        Fail(ref _readable);
        Fail(ref _writable);
    }

    private static void Complete(ref TaskCompletionSource? waiting)
    {
        TaskCompletionSource? completed = waiting;
        waiting = null;

        // The code behind the await runs here, and may wait for the next change at once.
        completed?.SetResult();
    }

    private static void Fail(ref TaskCompletionSource? waiting)
    {
        TaskCompletionSource? failed = waiting;
        waiting = null;
        failed?.SetException(new SocketException(CallStatus.NotConnected));
    }

    // Every change is reported once, so what was tried before the wait cannot be missed: the kernel reports what comes after it.
    private Task BecomeReadable() => Begin(ref _readable);

    private Task BecomeWritable() => Begin(ref _writable);

    private static Task Begin(ref TaskCompletionSource? waiting)
    {
        if (waiting is not null)
        {
            throw new InvalidOperationException("One call in each direction at a time.");
        }

        waiting = new TaskCompletionSource();
        return waiting.Task;
    }
}
