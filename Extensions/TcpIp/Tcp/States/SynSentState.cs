using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>SYN-SENT (RFC 9293 §3.10.7.3): we have called, and wait for the answer.</summary>
internal sealed class SynSentState(
    ConnectionStore store,
    ConnectionLifecycle lifecycle,
    ClosingStates closing,
    SynchronizedStates synchronized,
    StatelessReplies replies,
    PendingWork work)
{
    /// <summary>Takes a segment.</summary>
    public void Receive(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        // First, the acknowledgment: there is only our SYN that it can be about.
        bool hasAcknowledgment = segment.Has(TcpFlags.Acknowledge);
        if (hasAcknowledgment && connection.AcknowledgedPosition(segment.Header.Acknowledgment) != 0)
        {
            replies.SendReset(segment, nowNanoseconds);
            return;
        }

        // Second, a reset: only one that acknowledges our SYN is of somebody who saw it.
        if (segment.Has(TcpFlags.Reset))
        {
            if (hasAcknowledgment)
            {
                lifecycle.Close(connection, ConnectionError.Refused);
            }

            return;
        }

        // Fourth, the SYN.
        if (!segment.Has(TcpFlags.Synchronize))
        {
            return;
        }

        TakeSynchronize(connection, segment, nowNanoseconds);
        if (!hasAcknowledgment)
        {
            // Both have called at once (§3.5, figure 8): the SYN is sent again, with the acknowledgment of the peer's.
            connection.State = ConnectionState.SynReceived;
            connection.SendNext = Connection.SynPosition;
            connection.RetransmitAt = Connection.Never;
            store.CommitHandshake(connection);
            work.Send(connection);
            return;
        }

        connection.WindowEnd = segment.Header.Window;
        connection.LargestWindow = segment.Header.Window;
        connection.WindowSequence = connection.WindowAcknowledgment = 0;
        connection.MustAcknowledge = true;
        lifecycle.Establish(connection, nowNanoseconds);
        closing.FinishIfWanted(connection);
        synchronized.Continue(connection, segment, nowNanoseconds);
    }

    private static void TakeSynchronize(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        connection.InitialReceive = segment.Header.Sequence;
        connection.ReceiveNext = connection.AcknowledgedNext = 0;
        connection.Options = HandshakeOptions.From(segment.Options);
        connection.RecentTimestamp = segment.Options.TimestampValue;
        connection.RecentTimestampAt = nowNanoseconds;
        connection.HeardAt = nowNanoseconds;
    }
}
