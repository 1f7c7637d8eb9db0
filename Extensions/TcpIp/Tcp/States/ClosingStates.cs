using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// How the states follow each other at the end of a connection (RFC 9293 §3.6, figures 5 and 12): FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT,
/// CLOSING, LAST-ACK.
/// </summary>
internal sealed class ClosingStates(ConnectionStore store, ConnectionLifecycle lifecycle, PendingWork work)
{
    /// <summary>The application has finished: a FIN follows the last octet.</summary>
    public void Finish(Connection connection)
    {
        ConnectionState next = connection.State switch
        {
            ConnectionState.Established => ConnectionState.FinWait1,
            ConnectionState.CloseWait => ConnectionState.LastAck,
            _ => connection.State,
        };
        if (next != connection.State)
        {
            store.Enter(connection, next);
            work.Send(connection);
        }
    }

    /// <summary>The same, if the application has finished before the connection was established.</summary>
    public void FinishIfWanted(Connection connection)
    {
        if ((store.Open(connection).Kernel.Requests & ConnectionRequests.EndSend) != 0)
        {
            Finish(connection);
        }
    }

    /// <summary>Our FIN is acknowledged. False if that was the end.</summary>
    public bool TakeFinishAcknowledged(Connection connection, long nowNanoseconds)
    {
        switch (connection.State)
        {
            case ConnectionState.FinWait1:
                store.Enter(connection, ConnectionState.FinWait2);
                connection.FinishBy = Connection.Never;
                LimitWait(connection, nowNanoseconds);
                work.Signal(connection);
                return true;
            case ConnectionState.Closing:
                lifecycle.EnterTimeWait(connection, nowNanoseconds);
                return false;
            case ConnectionState.LastAck:
                lifecycle.Close(connection, ConnectionError.None);
                return false;
            default:
                return true;
        }
    }

    /// <summary>The peer's FIN has come, and all before it.</summary>
    public void TakeFinish(Connection connection, long nowNanoseconds)
    {
        connection.ReceiveNext++;
        connection.EarlyFinish = Connection.Never;
        connection.MustAcknowledge = true;
        work.Signal(connection);
        work.Send(connection);
        switch (connection.State)
        {
            case ConnectionState.Established:
                store.Enter(connection, ConnectionState.CloseWait);
                break;
            case ConnectionState.FinWait1:
                store.Enter(connection, ConnectionState.Closing);
                break;
            default:
                store.NoteFinish(connection);
                lifecycle.EnterTimeWait(connection, nowNanoseconds);
                break;
        }
    }

    /// <summary>Takes the peer's FIN if the instance before has noted it and may not have told the peer.</summary>
    public void TakeNotedFinish(Connection connection, long nowNanoseconds)
    {
        if (connection.EarlyFinish == connection.ReceiveNext)
        {
            TakeFinish(connection, nowNanoseconds);
        }
    }

    /// <summary>
    /// An application that has gone waits for no peer: FIN-WAIT-2 gets an end, and so do the states before it, unless the peer takes what
    /// is left for it.
    /// </summary>
    public void LimitWait(Connection connection, long nowNanoseconds)
    {
        if (connection.FinishBy != Connection.Never || !UserRequests.HasLeft(store.Open(connection)))
        {
            return;
        }

        if (connection.State == ConnectionState.FinWait2)
        {
            connection.FinishBy = nowNanoseconds + TcpParameters.FinWait2;
        }
        else if (connection.State is ConnectionState.FinWait1 or ConnectionState.Closing or ConnectionState.LastAck)
        {
            connection.FinishBy = nowNanoseconds + TcpParameters.OrphanPeriod;
            connection.FinishFrom = connection.Unacknowledged;
        }
    }
}
