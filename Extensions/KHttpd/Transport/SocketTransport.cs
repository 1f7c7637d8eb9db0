using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.KHttpd.Transport;

/// <summary>The kernel's sockets as the server wants them.</summary>
internal sealed class SocketTransport : IServerTransport
{
    private const int HandleHalfBits = 32;

    private readonly ISocketServices _sockets;
    private readonly Handle<TrackedObjects.Socket> _listener;
    private readonly SocketReady[] _events = new SocketReady[SocketLimits.ReadySockets];

    private SocketTransport(ISocketServices sockets, Handle<TrackedObjects.Socket> listener)
    {
        _sockets = sockets;
        _listener = listener;
    }

    /// <summary>Whether the server is to stop, since its domain is being stopped.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Listens on a port of every interface; null if that is not possible.</summary>
    public static SocketTransport? TryListen(ISocketServices sockets, ushort port, uint backlog)
        => sockets.Create(SocketKind.Stream).TryGet(out Handle<TrackedObjects.Socket> listener)
            && sockets.Bind(listener, 0, port).Succeeded
            && sockets.Listen(listener, backlog).Succeeded
            && sockets.SetOption(listener, SocketOption.Repeatable, 1).Succeeded
            ? new SocketTransport(sockets, listener)
            : null;

    /// <inheritdoc/>
    public int Wait(Span<ConnectionId> ready, long timeoutNanoseconds, out bool mayAccept)
    {
        mayAccept = false;
        Span<SocketReady> events = _events.AsSpan(0, Math.Min(_events.Length, ready.Length));
        CallResult<uint> result = _sockets.WaitReady(events, timeoutNanoseconds);
        if (!result.TryGet(out uint reported))
        {
            IsCancelled = result.Status == CallStatus.Cancelled
                ? true
                : throw new InvalidOperationException($"Waiting for sockets failed: {result.Status}.");
        }

        int count = 0;
        foreach (SocketReady entry in events[..(int)reported])
        {
            if (entry.Socket == _listener)
            {
                mayAccept = true;
            }
            else
            {
                ready[count++] = NameOf(entry.Socket);
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public bool TryAccept(out ConnectionId id, out uint peer)
    {
        bool isAccepted = _sockets.Accept(_listener, 0).TryGet(out AcceptedSocket accepted);
        id = NameOf(accepted.Socket);
        peer = accepted.RemoteAddress;
        if (isAccepted)
        {
            // Replies are handed over whole; the rest of one must not wait for the acknowledgement of its beginning.
            _sockets.SetOption(accepted.Socket, SocketOption.NoDelay, 1);
        }

        return isAccepted;
    }

    /// <inheritdoc/>
    public Transfer Receive(ConnectionId id, Span<byte> buffer)
    {
        CallResult<uint> result = _sockets.Receive(HandleOf(id), buffer, 0);
        return result.TryGet(out uint bytes) && bytes == 0 ? Transfer.End : Convert(result);
    }

    /// <inheritdoc/>
    public Transfer Send(ConnectionId id, ReadOnlySpan<byte> data) => Convert(_sockets.Send(HandleOf(id), data, 0));

    /// <inheritdoc/>
    public void Commit(ConnectionId id) => _sockets.SetOption(HandleOf(id), SocketOption.Repeatable, 0);

    /// <inheritdoc/>
    public void EndSending(ConnectionId id) => _sockets.Shutdown(HandleOf(id), ShutdownDirection.Send);

    /// <inheritdoc/>
    public void Close(ConnectionId id) => _sockets.Close(HandleOf(id));

    /// <inheritdoc/>
    public void Abort(ConnectionId id) => _sockets.Abort(HandleOf(id));

    private static Transfer Convert(CallResult<uint> result) => result.Status switch
    {
        CallStatus.Ok => Transfer.Of((int)result.Value),
        CallStatus.WouldBlock => Transfer.WouldBlock,
        _ => Transfer.Failed,
    };

    private static ConnectionId NameOf(Handle<TrackedObjects.Socket> socket)
        => new(((ulong)socket.Generation << HandleHalfBits) | socket.Slot);

    private static Handle<TrackedObjects.Socket> HandleOf(ConnectionId id)
        => new((uint)id.Value, (uint)(id.Value >> HandleHalfBits));
}
