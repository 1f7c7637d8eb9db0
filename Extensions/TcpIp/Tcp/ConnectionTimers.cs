using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// What happens when a timer of a connection runs out (RFC 9293 §3.10.8, RFC 6298 §5). Whoever changes a timer also names the
/// connection in <see cref="PendingWork"/>, and what is named there is put on the wheel at the end of the call.
/// </summary>
internal sealed class ConnectionTimers(
    ConnectionStore store,
    ConnectionLifecycle lifecycle,
    ConnectionOutput output,
    TimerWheel wheel,
    PendingWork work)
{
    /// <summary>Time has passed.</summary>
    public void Run(long nowNanoseconds)
    {
        while (wheel.TryTake(nowNanoseconds, out Connection? connection))
        {
            Fire(connection, nowNanoseconds);
        }
    }

    /// <summary>Has the connection looked at when its first timer is due.</summary>
    public void Schedule(Connection connection)
    {
        if (connection.State != ConnectionState.None)
        {
            wheel.Schedule(connection);
        }
    }

    private static ConnectionError ErrorOfSilence(Connection connection)
        => connection.IsUnreachable ? ConnectionError.Unreachable : ConnectionError.TimedOut;

    private void Fire(Connection connection, long nowNanoseconds)
    {
        work.Send(connection);
        if (nowNanoseconds >= connection.FinishBy && !TryGoOn(connection, nowNanoseconds))
        {
            return;
        }

        if (nowNanoseconds >= connection.AcknowledgeAt)
        {
            connection.AcknowledgeAt = Connection.Never;
            connection.MustAcknowledge = true;
        }

        if (nowNanoseconds >= connection.KeepAliveAt && !TryKeepAlive(connection, nowNanoseconds))
        {
            return;
        }

        if (nowNanoseconds >= connection.RetransmitAt)
        {
            TimeOut(connection, nowNanoseconds);
        }
        else if (nowNanoseconds >= connection.Probe.DueAt)
        {
            output.ProbeTail(connection, nowNanoseconds);
        }
    }

    // The application has gone. A peer that takes nothing of what it left, its window closed or all but closed, is not waited for.
    private bool TryGoOn(Connection connection, long nowNanoseconds)
    {
        if (connection.State == ConnectionState.FinWait2)
        {
            lifecycle.Close(connection, ConnectionError.None);
            return false;
        }

        if (connection.Unacknowledged - connection.FinishFrom < TcpParameters.OrphanBytes)
        {
            lifecycle.Abort(connection, ErrorOfSilence(connection), nowNanoseconds);
            return false;
        }

        connection.FinishBy = nowNanoseconds + TcpParameters.OrphanPeriod;
        connection.FinishFrom = connection.Unacknowledged;
        return true;
    }

    private void TimeOut(Connection connection, long nowNanoseconds)
    {
        connection.RetransmitAt = Connection.Never;
        if (!connection.State.IsSynchronized())
        {
            RepeatSynchronize(connection);
            return;
        }

        bool hasWaiting = connection.Unacknowledged < (long)store.Open(connection).Kernel.SendWritten;
        bool isOutstanding = connection.SendHighest > connection.Unacknowledged;
        bool isClosed = connection.WindowEnd <= connection.Unacknowledged;
        if (hasWaiting && (isClosed || !isOutstanding))
        {
            ProbeWindow(connection, nowNanoseconds);
        }
        else if (isOutstanding && connection.State.CanSend())
        {
            Retransmit(connection, nowNanoseconds);
        }
    }

    private void RepeatSynchronize(Connection connection)
    {
        if (connection.Retransmissions == TcpParameters.MaximumSynRetransmissions)
        {
            lifecycle.Close(connection, ErrorOfSilence(connection));
            return;
        }

        connection.Retransmissions++;
        connection.RoundTrip.BackOff();
        connection.MeasuredEnd = Connection.Never;
        connection.SendNext = Connection.SynPosition;
    }

    // RFC 9293 §3.8.6.1: as long as the peer answers, its window may stay closed.
    private void ProbeWindow(Connection connection, long nowNanoseconds)
    {
        bool isSilent = nowNanoseconds - connection.HeardAt
            > TcpParameters.MaximumRetransmissions * TcpParameters.MaximumTimeout / 2;
        if (isSilent)
        {
            lifecycle.Close(connection, ErrorOfSilence(connection));
            return;
        }

        connection.Retransmissions++;
        connection.RoundTrip.BackOff();
        connection.RetransmitAt = nowNanoseconds + connection.RoundTrip.Timeout;
        output.Probe(connection, nowNanoseconds);
    }

    // RFC 6298 §5 (5.4) to (5.6).
    private void Retransmit(Connection connection, long nowNanoseconds)
    {
        if (connection.Retransmissions >= TcpParameters.MaximumRetransmissions)
        {
            lifecycle.Abort(connection, ErrorOfSilence(connection), nowNanoseconds);
            return;
        }

        bool isRepeated = connection.Retransmissions != 0;
        connection.Retransmissions++;
        connection.RoundTrip.BackOff();
        connection.BeginAgain(isRepeated, nowNanoseconds);

        // RFC 2018 §8: the peer may have dropped what it said it has.
        connection.Scoreboard.Clear();
    }

    private bool TryKeepAlive(Connection connection, long nowNanoseconds)
    {
        long idleSince = nowNanoseconds - connection.HeardAt;
        if (idleSince < TcpParameters.KeepAliveIdle || !connection.State.IsSynchronized())
        {
            connection.KeepAliveAt = connection.HeardAt + TcpParameters.KeepAliveIdle;
            return true;
        }

        if (connection.KeepAliveProbes == TcpParameters.KeepAliveProbes)
        {
            lifecycle.Abort(connection, ErrorOfSilence(connection), nowNanoseconds);
            return false;
        }

        connection.KeepAliveProbes++;
        connection.KeepAliveAt = nowNanoseconds + TcpParameters.KeepAliveInterval;
        output.KeepAlive(connection, nowNanoseconds);
        return true;
    }
}
