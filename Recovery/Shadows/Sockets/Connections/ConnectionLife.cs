using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What becomes of connections: how they begin, what follows from what the stack says, and when their memory goes back. The
/// shadow guards it.
/// <para>
/// A block goes back when neither side has a use for it: the application has closed it or never got it, and the stack has
/// committed its end, or there is no instance of the stack that could know of it.
/// </para>
/// </summary>
internal sealed class ConnectionLife(
    ConnectionTable table, StreamPorts ports, IKernelClock clock, SocketShadowOptions options)
{
    private const long LingerLookNanoseconds = 1_000_000_000;

    // What comes at once and is more is part of a stream, of which more is on its way.
    private const ulong StreamBytes = 16 * 1024;

    private readonly List<Connection> _heldBack = [];
    private long _nextLookNanoseconds;

    /// <summary>Whether an instance of the stack may know of the blocks. Set by the transport side.</summary>
    public bool HasInstance { get; set; }

    /// <summary>Connections aborted because the stack's half was impossible.</summary>
    public ulong Violations { get; private set; }

    /// <summary>Whether a reader is held back until the next <see cref="TellReaders"/>.</summary>
    public bool HoldsBack => _heldBack.Count != 0;

    /// <summary>Whether the stack is to be told of something now, not only when it is called anyway.</summary>
    public bool IsUrgent { get; set; }

    /// <summary>The stack is to be told that the kernel's half has changed.</summary>
    public void Kick(Connection connection, bool isUrgent = true)
    {
        table.Kick(connection);
        IsUrgent |= isUrgent;
    }

    /// <summary>Begins a connection from here, in a block that was just taken.</summary>
    public void Connect(Socket socket, uint block, in ConnectionName name)
    {
        Connection connection = table.Add(block, ConnectionRequests.Connect, in name);
        connection.OwnsPort = true;
        connection.Socket = socket;
        connection.SetOptions(socket.Options);
        socket.Connection = connection;
        socket.BoundPort = 0;
        Kick(connection);
    }

    /// <summary>Begins a connection that has come in, in a block that was just taken. The listener counts it already.</summary>
    public Connection Arrive(Listener listener, uint block, in ConnectionName name)
    {
        Connection connection = table.Add(block, ConnectionRequests.Accepted, in name);
        connection.Listener = listener;
        if (listener.IsRepeatable)
        {
            connection.Kept.Begin();
        }

        return connection;
    }

    /// <summary>The stack says, or may have said, something about a connection.</summary>
    public void Look(Connection connection)
    {
        ulong before = connection.ReceiveWritten;
        ConnectionNews news = connection.Observe();
        if (news == ConnectionNews.None)
        {
            return;
        }

        if ((news & ConnectionNews.Violated) != 0)
        {
            Violations++;
            connection.Break(CallStatus.ConnectionReset);
            connection.Request(ConnectionRequests.Abort);
            Kick(connection);
        }

        if (connection.Listener is { } listener)
        {
            Settle(connection, listener, news);
        }
        else if (connection.Socket is { } socket)
        {
            bool isStream = connection.ReceiveWritten - before >= StreamBytes && !connection.IsWorthReading;
            Tell(socket, connection, news, isStream);
        }
        else if (connection.IsOver && !connection.HasOwner)
        {
            Remove(connection);
        }
    }

    /// <summary>
    /// Tells readers of what has arrived, of whose stream no more came since the last time: to wake them in the middle of it for each
    /// round would be a call or two for little. True if some are still held back, and this must be called again soon.
    /// </summary>
    public bool TellReaders()
    {
        for (int index = _heldBack.Count - 1; index >= 0; index--)
        {
            Connection connection = _heldBack[index];
            if (connection.IsArriving)
            {
                connection.IsArriving = false;
                continue;
            }

            _heldBack.RemoveAt(index);
            connection.IsHeldBack = false;
            if (connection is { ReadableBytes: > 0, Socket: { } socket })
            {
                socket.Owner.Raise(socket, SocketEvents.Readable);
            }
        }

        return HoldsBack;
    }

    /// <summary>The application has no more use for a connection.</summary>
    public void Leave(Connection connection, SocketEnd end)
    {
        connection.Socket = null;
        if (connection.IsOver || (!HasInstance && !connection.IsCommitted))
        {
            Remove(connection);
            return;
        }

        if (end == SocketEnd.Closed && connection.Breakage == CallStatus.Ok)
        {
            connection.Request(ConnectionRequests.EndSend | ConnectionRequests.EndReceive);
            connection.LingerEndNanoseconds = clock.NowNanoseconds + options.LingerNanoseconds;
        }
        else
        {
            connection.Request(ConnectionRequests.Abort);
        }

        Kick(connection);
    }

    /// <summary>
    /// The owner of a connection died before it answered: the next one accepts it as if it had just come in. False if it cannot.
    /// </summary>
    public bool TryStartOver(Connection connection, uint ownerId)
    {
        if (!connection.CanStartOver || ports.Find(connection.LocalPort) is not { } listener || listener.OwnerId != ownerId)
        {
            return false;
        }

        connection.Kept.Repeat();
        connection.Socket = null;
        listener.PutBack(connection);
        return true;
    }

    /// <summary>A listener ends, and with it what waits there.</summary>
    public void Close(Listener listener)
    {
        while (listener.TryDequeue() is { } connection)
        {
            Leave(connection, SocketEnd.Aborted);
        }

        ports.Close(listener);
    }

    /// <summary>
    /// The last instance of the stack is gone, no thread is in it any more, and the next one will begin from the blocks. What
    /// it has committed counts; what nobody could go on with goes back.
    /// </summary>
    public void InstanceGone()
    {
        HasInstance = false;
        table.ForgetKicks();
        foreach (Connection? connection in table.All)
        {
            if (connection is null)
            {
                continue;
            }

            Look(connection);
            if (table.Find(connection.Block) == connection && !connection.HasOwner && !connection.IsCommitted)
            {
                connection.Listener?.Remove(connection);
                Remove(connection);
            }
        }
    }

    /// <summary>No instance of the stack will come, or none can live with these connections: they end here.</summary>
    public void Abandon()
    {
        foreach (Connection? connection in table.All)
        {
            if (connection is null)
            {
                continue;
            }

            connection.Break(CallStatus.ConnectionReset);
            connection.Abandon();
            connection.Listener?.Remove(connection);
            if (connection.Socket is { } socket)
            {
                socket.Owner.Raise(socket, connection.Readiness);
            }
            else if (!connection.HasOwner)
            {
                Remove(connection);
            }
        }
    }

    /// <summary>
    /// There is no memory for another connection. Of those that their applications have left, and whose peers do not take the rest or do
    /// not end, the one that was left first is given up: else a few such peers could keep all others out.
    /// </summary>
    public void MakeRoom()
    {
        Connection? oldest = null;
        foreach (Connection? connection in table.All)
        {
            if (IsLeft(connection) && (oldest is null || connection.LingerEndNanoseconds < oldest.LingerEndNanoseconds))
            {
                oldest = connection;
            }
        }

        if (oldest is not null)
        {
            GiveUp(oldest);
        }
    }

    /// <summary>Time has passed. Returns when there is something to do next.</summary>
    public long Tick(long nowNanoseconds)
    {
        if (table.Count == 0)
        {
            return long.MaxValue;
        }

        if (nowNanoseconds < _nextLookNanoseconds)
        {
            return _nextLookNanoseconds;
        }

        _nextLookNanoseconds = nowNanoseconds + LingerLookNanoseconds;
        foreach (Connection? connection in table.All)
        {
            if (IsLeft(connection) && nowNanoseconds >= connection.LingerEndNanoseconds)
            {
                GiveUp(connection);
            }
        }

        return _nextLookNanoseconds;
    }

    // Whether its application has left it, and the stack is still to end it in good order.
    private static bool IsLeft([NotNullWhen(true)] Connection? connection)
        => connection is { HasOwner: false, Listener: null } && (connection.Requests & ConnectionRequests.Abort) == 0;

    private void GiveUp(Connection connection)
    {
        connection.Request(ConnectionRequests.Abort);
        Kick(connection);
    }

    private void Settle(Connection connection, Listener listener, ConnectionNews news)
    {
        bool isListening = ports.Find(listener.Port) == listener;
        if (connection.IsOver || !isListening || (news & ConnectionNews.Violated) != 0)
        {
            // Nobody has seen it, or will: the listener may have closed between the handshake and the commit.
            listener.Remove(connection);
            Leave(connection, SocketEnd.Aborted);
        }
        else if (connection.IsEstablished && !connection.IsWaiting)
        {
            listener.Enqueue(connection);
            listener.Socket?.Owner.Raise(listener.Socket, SocketEvents.Acceptable);
        }
    }

    private void Tell(Socket socket, Connection connection, ConnectionNews news, bool isStream)
    {
        SocketEvents events = SocketEvents.None;
        bool hasEnd = (news & (ConnectionNews.PeerEnded | ConnectionNews.Over | ConnectionNews.Violated)) != 0;
        if (isStream && !hasEnd)
        {
            HoldBack(connection);
        }
        else if (hasEnd || (news & ConnectionNews.Arrived) != 0)
        {
            connection.IsArriving = false;
            events |= SocketEvents.Readable;
        }

        bool hasRoom = socket.WantsRoom && (news & ConnectionNews.Acknowledged) != 0 && connection.IsRoomy;
        if (hasEnd || hasRoom || (news & ConnectionNews.Established) != 0)
        {
            events |= SocketEvents.Writable;
            socket.WantsRoom = false;
        }

        if (hasEnd)
        {
            events |= SocketEvents.PeerClosed | SocketEvents.Error;
        }

        if (events != SocketEvents.None)
        {
            socket.Owner.Raise(socket, events & connection.Readiness);
        }
    }

    private void HoldBack(Connection connection)
    {
        connection.IsArriving = true;
        if (!connection.IsHeldBack)
        {
            connection.IsHeldBack = true;
            _heldBack.Add(connection);
        }
    }

    private void Remove(Connection connection)
    {
        if (connection.OwnsPort)
        {
            ports.Return(connection.LocalPort);
        }

        table.Remove(connection);
    }
}
