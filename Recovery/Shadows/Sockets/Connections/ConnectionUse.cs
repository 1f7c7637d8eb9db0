using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What owners of sockets do to connections, besides sending and receiving.</summary>
internal sealed class ConnectionUse(SocketShadow shadow)
{
    private ConnectionLife Life => shadow.Life;

    /// <summary>Begins to connect a socket, or does nothing if it was begun.</summary>
    public CallStatus Begin(Socket socket, uint address, ushort port)
    {
        lock (shadow.Sync)
        {
            if (socket.IsClosed || socket.Carries != SocketKind.Stream || socket.Listener is not null)
            {
                return CallStatus.NotSupported;
            }

            if (socket.Connection is { } begun)
            {
                // Whoever connects without waiting may ask again, and then wait.
                return begun.Name.RemoteAddress == address && begun.Name.RemotePort == port
                    ? CallStatus.Ok
                    : CallStatus.NotSupported;
            }
        }

        if (!shadow.TryTakeBlock(out uint block))
        {
            return CallStatus.OutOfResources;
        }

        bool hasBegun = false;
        lock (shadow.Sync)
        {
            // The lock was given up in between: another thread may have connected or closed the socket.
            if (!socket.IsClosed && socket.Connection is null && socket.Listener is null)
            {
                ushort localPort = socket.BoundPort != 0 ? socket.BoundPort : shadow.Streams.TakeAny();
                hasBegun = localPort != 0;
                if (hasBegun)
                {
                    Life.Connect(socket, block, new ConnectionName(localPort, address, port));
                }
            }
        }

        if (!hasBegun)
        {
            shadow.ReturnBlock(block);
            return CallStatus.OutOfResources;
        }

        shadow.Settle();
        return CallStatus.Ok;
    }

    /// <summary>Nobody waits any longer for a socket to be connected.</summary>
    public void GiveUp(Socket socket)
    {
        lock (shadow.Sync)
        {
            if (socket is { IsClosed: false, Connection: { IsEstablished: false, IsOver: false } connection })
            {
                connection.Break(CallStatus.TimedOut);
                connection.Request(ConnectionRequests.Abort);
                Life.Kick(connection);
            }
        }

        shadow.Settle();
    }

    /// <summary>Gives an accepted connection to the socket that was made for it.</summary>
    public void Give(Connection connection, Socket socket)
    {
        lock (shadow.Sync)
        {
            connection.IsBeingAccepted = false;
            connection.Socket = socket;
            socket.Connection = connection;
            SocketEvents events = connection.Readiness & ~SocketEvents.Writable;
            if (socket.IsClosed)
            {
                Life.Leave(connection, socket.End);
            }
            else if (events != SocketEvents.None)
            {
                // It has arrived before there was anybody to tell.
                socket.Owner.Raise(socket, events);
            }
        }

        shadow.Settle();
    }

    /// <summary>
    /// Takes back an accepted connection that its owner could not hold. It waits for the next instance of an owner that is
    /// being stopped; an owner that has too much already loses it.
    /// </summary>
    public void TakeBack(Connection connection, Listener listener, bool ownerIsStopped)
    {
        lock (shadow.Sync)
        {
            connection.IsBeingAccepted = false;
            if (ownerIsStopped && shadow.Streams.Find(listener.Port) == listener && !connection.IsOver)
            {
                listener.PutBack(connection);
            }
            else
            {
                Life.Leave(connection, SocketEnd.Aborted);
            }
        }

        shadow.Settle();
    }

    /// <summary>Ends one or both halves.</summary>
    public CallStatus End(Socket socket, ShutdownDirection direction)
    {
        lock (shadow.Sync)
        {
            if (socket.IsClosed || socket.Connection is not { IsEstablished: true } connection)
            {
                return CallStatus.NotConnected;
            }

            if ((direction & ShutdownDirection.Send) != 0)
            {
                connection.Request(ConnectionRequests.EndSend);
            }

            if ((direction & ShutdownDirection.Receive) != 0)
            {
                connection.Request(ConnectionRequests.EndReceive);
            }

            Life.Kick(connection);
            socket.WakeAll();
        }

        shadow.Settle();
        return CallStatus.Ok;
    }

    /// <summary>
    /// Says whether what has arrived may be given to another instance, as long as nothing was answered: of a connection, or of those that a
    /// listener accepts from now on.
    /// </summary>
    public void SetRepeatable(Socket socket, bool isOn)
    {
        lock (shadow.Sync)
        {
            if (socket.Listener is { } listener)
            {
                listener.IsRepeatable = isOn;
            }
            else if (!isOn)
            {
                // Only withdrawn here: what was read before was not kept.
                socket.Connection?.Kept.Forget();
            }
        }
    }

    /// <summary>Sets options, now and for a connection to come.</summary>
    public void SetOption(Socket socket, ConnectionOptions flag, bool isOn)
    {
        lock (shadow.Sync)
        {
            socket.Options = isOn ? socket.Options | flag : socket.Options & ~flag;
            if (socket is { IsClosed: false, Connection: { } connection })
            {
                connection.SetOptions(socket.Options);
                Life.Kick(connection);
            }
        }

        shadow.Settle();
    }
}
