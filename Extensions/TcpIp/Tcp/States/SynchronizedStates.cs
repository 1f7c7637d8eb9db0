using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// A segment for a connection both of whose sides know each other's numbers, and for SYN-RECEIVED (RFC 9293 §3.10.7.4, with RFC 5961 and
/// RFC 7323 §5): the checks, in the order of the document. What the states differ in is in <see cref="ClosingStates"/>.
/// </summary>
internal sealed class SynchronizedStates(
    ConnectionStore store,
    ConnectionLifecycle lifecycle,
    ClosingStates closing,
    AcknowledgmentInput acknowledgments,
    DataInput data,
    StatelessReplies replies,
    ChallengeLimit challenges,
    PendingWork work,
    StackCounters counters)
{
    /// <summary>Takes a segment.</summary>
    public void Receive(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        // First, the sequence number, and before it the clock.
        bool isReset = segment.Has(TcpFlags.Reset);
        if (!IsNewEnough(connection, segment, nowNanoseconds) || !IsInWindow(connection, segment))
        {
            counters.Drop(DropReason.TcpUnacceptable);
            if (!isReset)
            {
                AnswerUnacceptable(connection, segment, nowNanoseconds);
            }

            return;
        }

        // Second, a reset: RFC 5961 §3.2 believes only one with exactly the next number.
        if (isReset)
        {
            if (connection.ReceivedPosition(segment.Header.Sequence) == connection.ReceiveNext)
            {
                lifecycle.Close(connection, ErrorOfReset(connection));
            }
            else
            {
                Challenge(connection, segment, nowNanoseconds);
            }

            return;
        }

        // Fourth, a SYN: RFC 5961 §4.2 asks the peer whether it has really begun anew. If so, it answers with a reset.
        if (segment.Has(TcpFlags.Synchronize))
        {
            Challenge(connection, segment, nowNanoseconds);
            return;
        }

        // Fifth, the acknowledgment, without which there is nothing to believe.
        if (!segment.Has(TcpFlags.Acknowledge))
        {
            counters.Drop(DropReason.TcpUnacceptable);
            return;
        }

        if (TryAcceptAcknowledgment(connection, segment, nowNanoseconds))
        {
            NoteTimestamp(connection, segment, nowNanoseconds);
            Continue(connection, segment, nowNanoseconds);
        }
    }

    /// <summary>The rest of what a segment is looked at for, once it is known to be of this connection.</summary>
    public void Continue(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        if (nowNanoseconds - connection.HeardAt > connection.RoundTrip.Timeout)
        {
            // After so long a pause the peer begins with a small window (RFC 5681 §4.1).
            connection.QuickAcknowledgments = TcpParameters.QuickAcknowledgments;
        }

        connection.HeardAt = nowNanoseconds;
        connection.KeepAliveProbes = 0;
        connection.IsUnreachable = false;
        bool isFinishAcknowledged = acknowledgments.Take(connection, segment, nowNanoseconds);
        if (isFinishAcknowledged && !closing.TakeFinishAcknowledged(connection, nowNanoseconds))
        {
            return;
        }

        if (!connection.State.CanReceive())
        {
            return;
        }

        // RFC 9293 §3.6.1 and RFC 2525 §2.17: the application has gone, and the peer must learn that its data has no reader.
        if (segment.Data.Length != 0 && UserRequests.HasLeft(store.Open(connection)))
        {
            lifecycle.Abort(connection, ConnectionError.None, nowNanoseconds);
            return;
        }

        // Seventh and eighth.
        if (data.Take(connection, segment, nowNanoseconds))
        {
            closing.TakeFinish(connection, nowNanoseconds);
        }
    }

    // In CLOSING and LAST-ACK a reset ends what is over already (RFC 9293 §3.10.7.4): all that can be missing is the acknowledgment of our FIN.
    private ConnectionError ErrorOfReset(Connection connection) => connection.State switch
    {
        ConnectionState.SynReceived => ConnectionError.Refused,
        ConnectionState.Closing or ConnectionState.LastAck
            when connection.Unacknowledged == (long)store.Open(connection).Kernel.SendWritten => ConnectionError.None,
        _ => ConnectionError.Reset,
    };

    private static bool IsOlder(uint timestamp, uint recent) => (int)(timestamp - recent) < 0;

    // RFC 7323 §5.3, R1: PAWS. §3.2: once agreed on, timestamps are in every segment. A reset has been let off both.
    private static bool IsNewEnough(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        if (!connection.Options.HasTimestamps || segment.Has(TcpFlags.Reset))
        {
            return true;
        }

        bool isForgotten = nowNanoseconds - connection.RecentTimestampAt > TcpParameters.TimestampLifetime;
        return segment.Options.HasTimestamps
            && (isForgotten || !IsOlder(segment.Options.TimestampValue, connection.RecentTimestamp));
    }

    // RFC 9293 §3.10.7.4, first. With a closed window the next octet is let in as well, to be dropped later: the rest of its segment counts.
    private bool IsInWindow(Connection connection, in ReceivedSegment segment)
    {
        long start = connection.ReceivedPosition(segment.Header.Sequence);
        long end = start + segment.Length;
        long limit = ReceiveWindow.LimitOf(store.Open(connection));
        bool hasNew = segment.Length == 0 ? start >= connection.ReceiveNext : end > connection.ReceiveNext;
        return hasNew && (start < limit || start == connection.ReceiveNext);
    }

    private bool TryAcceptAcknowledgment(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        long position = connection.AcknowledgedPosition(segment.Header.Acknowledgment);
        if (connection.State == ConnectionState.SynReceived)
        {
            if (position != 0)
            {
                replies.SendReset(segment, nowNanoseconds);
                return false;
            }

            lifecycle.Establish(connection, nowNanoseconds);
            closing.FinishIfWanted(connection);
            return true;
        }

        if (AcknowledgmentInput.IsPossible(connection, position))
        {
            return true;
        }

        counters.Drop(DropReason.TcpUnacceptable);
        Challenge(connection, segment, nowNanoseconds);
        return false;
    }

    // RFC 7323 §4.3 (2): only from a segment that holds what we acknowledged last, so that what is echoed is of the earliest unacknowledged one.
    private void NoteTimestamp(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        if (!connection.Options.HasTimestamps
            || connection.ReceivedPosition(segment.Header.Sequence) > connection.AcknowledgedNext
            || (IsOlder(segment.Options.TimestampValue, connection.RecentTimestamp)
                && nowNanoseconds - connection.RecentTimestampAt <= TcpParameters.TimestampLifetime))
        {
            return;
        }

        connection.RecentTimestampAt = nowNanoseconds;
        if (connection.RecentTimestamp != segment.Options.TimestampValue)
        {
            connection.RecentTimestamp = segment.Options.TimestampValue;
            store.CommitTimestamp(connection);
        }
    }

    // Data that came before means that our acknowledgment was lost. Anything else may be forged, or two confused sides that answer each
    // other for ever, and is limited.
    private void AnswerUnacceptable(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        if (segment.Data.Length != 0)
        {
            connection.MustAcknowledge = true;
            work.Send(connection);
        }
        else
        {
            Challenge(connection, segment, nowNanoseconds);
        }
    }

    private void Challenge(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        if (challenges.TryTake(connection, segment, nowNanoseconds))
        {
            connection.MustAcknowledge = true;
            work.Send(connection);
        }
    }
}
