using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>The TCP ports: who has which, and who listens. The shadow guards it.</summary>
internal sealed class StreamPorts(SocketShadowOptions options, uint seed)
{
    private readonly PortNumbers _numbers = new(seed);
    private readonly Dictionary<ushort, Listener> _listeners = [];

    /// <summary>The ports whose listening has changed.</summary>
    public PortChanges Changes { get; } = new();

    public Dictionary<ushort, Listener>.ValueCollection Listeners => _listeners.Values;

    public Listener? Find(ushort port) => _listeners.GetValueOrDefault(port);

    /// <summary>Gives a socket a port; zero stands for any. Returns the port, or zero if it is taken.</summary>
    public ushort Bind(Socket socket, ushort port)
    {
        if (port == 0)
        {
            port = _numbers.TakeAny();
        }
        else if (!_numbers.TryTake(port))
        {
            if (FindOrphan(port, socket.Owner) is not { IsClaimed: false } orphan)
            {
                return 0;
            }

            // Both would give the port back, the orphan when its time is over and the socket at its end.
            orphan.IsClaimed = true;
        }

        socket.BoundPort = port;
        return port;
    }

    /// <summary>Takes a port for a connection from here.</summary>
    public ushort TakeAny() => _numbers.TakeAny();

    /// <summary>Gives back a port, be it to the listener whose owner had died.</summary>
    public void Return(ushort port)
    {
        if (_listeners.TryGetValue(port, out Listener? listener))
        {
            listener.IsClaimed = false;
        }
        else
        {
            _numbers.Return(port);
        }
    }

    /// <summary>
    /// Makes a bound socket a listener, or gives it the one that the last instance of its owner had. False if that was taken
    /// meanwhile.
    /// </summary>
    public bool TryListen(Socket socket, uint backlog)
    {
        if (!_listeners.TryGetValue(socket.BoundPort, out Listener? listener))
        {
            listener = new Listener(socket.BoundPort, socket.Owner.DomainId);
            _listeners.Add(listener.Port, listener);
        }
        else if (FindOrphan(listener.Port, socket.Owner) is null && !ReferenceEquals(listener.Socket, socket))
        {
            return false;
        }

        listener.Backlog = System.Math.Clamp(backlog, 1, options.MaximumBacklog);
        listener.Socket = socket;
        listener.IsClaimed = false;
        socket.Listener = listener;
        Changes.Add(listener.Port);
        return true;
    }

    /// <summary>Nobody listens at the port any more, and it is free.</summary>
    public void Close(Listener listener)
    {
        _listeners.Remove(listener.Port);
        _numbers.Return(listener.Port);
        Changes.Add(listener.Port);
    }

    /// <summary>A fresh instance of the stack knows of no port.</summary>
    public void TellAll() => Changes.Restart(_listeners.Keys);

    private Listener? FindOrphan(ushort port, SocketOwner owner)
        => _listeners.TryGetValue(port, out Listener? listener) && listener.Socket is null && listener.OwnerId == owner.DomainId
            ? listener
            : null;
}
