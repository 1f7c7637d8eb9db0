using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>One who holds sockets: an instance of an extension, a process, or the kernel itself. The shadow guards it.</summary>
/// <param name="domainId">Stays the same over the instances of an extension.</param>
/// <param name="name">For tables.</param>
internal sealed class SocketOwner(uint domainId, string name)
{
    private Socket? _firstReady;
    private Socket? _lastReady;

    public uint DomainId { get; } = domainId;

    public string Name { get; } = name;

    /// <summary>Threads that wait for any of its sockets.</summary>
    public WaitQueue Waiters { get; } = new();

    /// <summary>
    /// Notes that a socket has become ready for something, and wakes whoever waits for that: threads that wait in a call of this socket,
    /// or else the one that waits for all sockets, which need not hear of what others take.
    /// </summary>
    public void Raise(Socket socket, SocketEvents events)
    {
        events &= ~socket.WakeAll();
        if (events == SocketEvents.None)
        {
            return;
        }

        socket.PendingEvents |= events;
        if (!socket.IsReported)
        {
            socket.IsReported = true;
            socket.OlderReady = _lastReady;
            if (_lastReady is null)
            {
                _firstReady = socket;
            }
            else
            {
                _lastReady.NewerReady = socket;
            }

            _lastReady = socket;
        }

        Waiters.WakeAll();
    }

    /// <summary>Takes the socket that has been ready longest; null if there is none.</summary>
    public Socket? TakeReady()
    {
        Socket? socket = _firstReady;
        if (socket is not null)
        {
            Forget(socket);
        }

        return socket;
    }

    /// <summary>The socket need not be reported any more.</summary>
    public void Forget(Socket socket)
    {
        if (!socket.IsReported)
        {
            return;
        }

        if (socket.OlderReady is null)
        {
            _firstReady = socket.NewerReady;
        }
        else
        {
            socket.OlderReady.NewerReady = socket.NewerReady;
        }

        if (socket.NewerReady is null)
        {
            _lastReady = socket.OlderReady;
        }
        else
        {
            socket.NewerReady.OlderReady = socket.OlderReady;
        }

        socket.OlderReady = null;
        socket.NewerReady = null;
        socket.IsReported = false;
    }
}
