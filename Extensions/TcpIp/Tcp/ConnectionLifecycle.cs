using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Begins and ends connections: in the table, in the block, and towards the peer.</summary>
internal sealed class ConnectionLifecycle(
    ConnectionStore store,
    ConnectionTable table,
    TimeWaitTable timeWait,
    SegmentWriter writer,
    ResetRepetition resets,
    TimerWheel timers,
    PendingWork work,
    StackCounters counters)
{
    private readonly List<(Connection Connection, ConnectionError Error)> _told = [];

    /// <summary>A connection whose SYN is to be sent, SYN-SENT; or, if the peer's was first, one that is established.</summary>
    public void Begin(Connection connection, ConnectionState state)
    {
        connection.State = state;
        connection.UseSegment(writer.PayloadBytes(connection.Options));
        connection.Congestion.Reset(connection.SegmentBytes);
        store.Commit(connection);
        table.Add(connection);
        work.Signal(connection);
        work.Send(connection);
    }

    /// <summary>
    /// Our SYN is acknowledged, and the peer's has come: ESTABLISHED. RFC 6298 §5 (5.7): if the SYN had to be repeated, the first data may take
    /// longer as well.
    /// </summary>
    public void Establish(Connection connection, long nowNanoseconds)
    {
        bool wasRepeated = connection.Retransmissions != 0;
        if (connection.MeasuredEnd == 0)
        {
            connection.RoundTrip.AddSample(nowNanoseconds - connection.MeasuredAt);
        }

        if (wasRepeated)
        {
            connection.RoundTrip.Reset(TcpParameters.TimeoutAfterLostSyn);
        }

        connection.MeasuredEnd = Connection.Never;
        connection.Retransmissions = 0;
        connection.RetransmitAt = Connection.Never;
        connection.Unacknowledged = connection.SendNext = connection.SendHighest = 0;
        connection.State = ConnectionState.Established;
        connection.UseSegment(writer.PayloadBytes(connection.Options));
        connection.Congestion.Reset(connection.SegmentBytes);
        store.CommitHandshake(connection);
        work.Signal(connection);
        work.Send(connection);
    }

    /// <summary>Takes a connection over from the instance before. One that cannot be is given up as damaged.</summary>
    public void Adopt(uint block, long nowNanoseconds)
    {
        if (!table.TryPrepare(block, out Connection? connection) || !store.IsOpen(connection))
        {
            return;
        }

        if (!store.TryAdopt(connection, nowNanoseconds) || table.TryFind(connection.Flow, out _))
        {
            Refuse(connection, ConnectionError.Damaged);
            return;
        }

        counters.ConnectionsAdopted++;
        table.Add(connection);
        connection.HeardAt = nowNanoseconds;
        Resume(connection, nowNanoseconds);
    }

    /// <summary>
    /// What was on its way may be lost, with an instance of ours or with a driver: our octets are sent again at once, and the peer is told
    /// often enough how far we are that it sends its own again without waiting for its timer (RFC 5681 §3.2). A peer that
    /// has sent nothing ignores that.
    /// </summary>
    public void Resume(Connection connection, long nowNanoseconds)
    {
        connection.UseSegment(writer.PayloadBytes(connection.Options));
        connection.Congestion.Reset(connection.SegmentBytes);
        connection.Scoreboard.Clear();
        connection.SendNext = connection.Unacknowledged;
        connection.RetransmitAt = Connection.Never;
        connection.Probe.Clear();
        connection.MeasuredEnd = Connection.Never;
        connection.QuickAcknowledgments = TcpParameters.QuickAcknowledgments;

        // Who has been silent for long had nothing under way.
        bool isActive = nowNanoseconds - connection.HeardAt < TcpParameters.ActiveLately;
        connection.MustAcknowledge = isActive && connection.State.IsSynchronized();
        connection.MustRemind = isActive && connection.State.CanReceive();
        connection.CatchUpUntil = nowNanoseconds + TcpParameters.CatchUp;
        work.Send(connection);
    }

    /// <summary>Ends what was never begun, or cannot be taken over: it is not in the table.</summary>
    public void Refuse(Connection connection, ConnectionError error)
    {
        store.Refuse(connection, error);
        connection.State = ConnectionState.None;
        work.Signal(connection);
    }

    /// <summary>Ends a connection that is over on both sides; its last acknowledgment may have to be repeated (TIME-WAIT).</summary>
    public void EnterTimeWait(Connection connection, long nowNanoseconds)
    {
        writer.TrySendAcknowledgment(connection, nowNanoseconds);
        timeWait.Add(connection, nowNanoseconds);
        CloseOnceTold(connection, ConnectionError.None);
    }

    /// <summary>Ends a connection and says so to the peer.</summary>
    public void Abort(Connection connection, ConnectionError error, long nowNanoseconds)
    {
        if (connection.State.IsSynchronized() || connection.State == ConnectionState.SynReceived)
        {
            TcpHeader reset = writer.SendReset(connection, nowNanoseconds);
            resets.Add(connection.Flow, reset, connection.RoundTrip.Timeout, nowNanoseconds);
        }

        CloseOnceTold(connection, error);
    }

    /// <summary>Ends a connection. Its block is not touched again.</summary>
    public void Close(Connection connection, ConnectionError error)
    {
        Forget(connection);
        Commit(connection, error);
    }

    /// <summary>
    /// What was sent has left: the blocks of those connections whose peers were told of the end by it are not touched again. Before that an
    /// instance that dies takes with it what it was about to say, and the next one must know that there is something to be said.
    /// </summary>
    public void CommitThoseTold()
    {
        foreach ((Connection connection, ConnectionError error) in _told)
        {
            Commit(connection, error);
        }

        _told.Clear();
    }

    private void CloseOnceTold(Connection connection, ConnectionError error)
    {
        Forget(connection);
        _told.Add((connection, error));
    }

    private void Forget(Connection connection)
    {
        timers.Remove(connection);
        table.Remove(connection);
    }

    private void Commit(Connection connection, ConnectionError error)
    {
        store.Close(connection, error);
        connection.State = ConnectionState.None;
        work.Signal(connection);
    }
}
