using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// What the kernel wants of a connection, as its half of the block says it (RFC 9293 §3.10.1 to §3.10.5: OPEN, SEND, RECEIVE, CLOSE, ABORT).
/// It says all that is wanted, not what is new: whatever was told before may be told again.
/// </summary>
internal sealed class UserRequests(
    ConnectionStore store,
    ConnectionTable table,
    ConnectionLifecycle lifecycle,
    ClosingStates closing,
    ActiveOpen opening,
    PendingWork work)
{
    private const ConnectionRequests Left = ConnectionRequests.EndSend | ConnectionRequests.EndReceive;

    /// <summary>Whether the application has gone for good: it neither sends nor reads any more.</summary>
    public static bool HasLeft(ConnectionBlock block) => (block.Kernel.Requests & Left) == Left;

    /// <summary>The kernel's half of a block has changed.</summary>
    public void Kick(uint block, long nowNanoseconds)
    {
        if (table.TryGet(block, out Connection? connection))
        {
            Apply(connection, nowNanoseconds);
        }
        else
        {
            _ = opening.Request(block);
        }
    }

    /// <summary>Does what is wanted.</summary>
    public void Apply(Connection connection, long nowNanoseconds)
    {
        ConnectionBlock block = store.Open(connection);
        ConnectionRequests wanted = block.Kernel.Requests;
        bool hasLeft = HasLeft(block);
        bool hasUnread = connection.State.IsSynchronized() && block.Transport.ReceiveWritten != block.Kernel.ReceiveRead;
        if ((wanted & ConnectionRequests.Abort) != 0 || (hasLeft && (hasUnread || connection.State == ConnectionState.SynSent)))
        {
            lifecycle.Abort(connection, ConnectionError.None, nowNanoseconds);
            return;
        }

        if ((wanted & ConnectionRequests.EndSend) != 0)
        {
            closing.Finish(connection);
            closing.LimitWait(connection, nowNanoseconds);
        }

        bool mustKeepAlive = (block.Kernel.Options & ConnectionOptions.KeepAlive) != 0;
        if (mustKeepAlive && connection.KeepAliveAt == Connection.Never)
        {
            connection.KeepAliveAt = nowNanoseconds + TcpParameters.KeepAliveIdle;
        }

        work.Send(connection);
    }
}
