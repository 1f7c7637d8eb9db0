using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Decides what a connection sends and when: everything that the peer's window, the congestion window, Nagle's algorithm and the rule
/// against silly windows let go (RFC 9293 §3.8.6.2.1), what is lost first (RFC 6675 §5), and at the end an acknowledgment if one is due.
/// </summary>
internal sealed class ConnectionOutput(ConnectionStore store, SegmentWriter writer, StackCounters counters)
{
    /// <summary>Whether a segment can be made now.</summary>
    public bool HasRoom => writer.HasRoom;

    /// <summary>
    /// Sends what there is to send. False if there was no room for all: it must be called again once there is.
    /// </summary>
    public bool Run(Connection connection, long nowNanoseconds)
    {
        if (connection.State == ConnectionState.None)
        {
            // It has ended while it waited for room, and its block may be gone.
            return true;
        }

        Remind(connection, nowNanoseconds);

        bool isDone = connection.State switch
        {
            ConnectionState.SynSent or ConnectionState.SynReceived => RunHandshake(connection, nowNanoseconds),
            _ when connection.State.CanSend() => RunData(connection, nowNanoseconds),
            _ => true,
        };
        if (!isDone)
        {
            return false;
        }

        // In SYN-RECEIVED too: the answer of a peer that has called at the same time is old by its number, and waits for this (§3.5, figure 8).
        if (connection.State.IsSynchronized() || connection.State == ConnectionState.SynReceived)
        {
            ConnectionBlock block = store.Open(connection);
            if (connection.MustAcknowledge || (connection.State.CanReceive() && ReceiveWindow.MustUpdate(connection, block)))
            {
                if (!writer.HasRoom)
                {
                    return false;
                }

                writer.TrySendAcknowledgment(connection, nowNanoseconds);
            }
        }

        return true;
    }

    /// <summary>Sends the first segment again that the peer does not have.</summary>
    public void RetransmitFirst(Connection connection, long nowNanoseconds)
    {
        if (!connection.State.CanSend())
        {
            return;
        }

        long start = connection.Unacknowledged;
        long written = (long)store.Open(connection).Kernel.SendWritten;
        long end = Math.Min(Math.Min(start + connection.SegmentBytes, written), connection.Scoreboard.NextReceived(start));
        Retransmit(connection, start, end, written, nowNanoseconds);
    }

    /// <summary>
    /// Sends one octet into a closed window, so that a lost update of the window is noticed (RFC 9293 §3.8.6.1); or all that a window
    /// lets go which is too small to use otherwise (§3.8.6.2.1 (4), "override timeout").
    /// </summary>
    public void Probe(Connection connection, long nowNanoseconds)
    {
        long start = connection.Unacknowledged;
        long written = (long)store.Open(connection).Kernel.SendWritten;
        if (start < written)
        {
            long open = Math.Min(connection.WindowEnd - start, Math.Min(written - start, connection.SegmentBytes));
            int octets = (int)Math.Max(open, 1);
            Note(connection, start, start + octets, nowNanoseconds);
            writer.TrySendData(connection, start, octets, TcpFlags.Push, nowNanoseconds);
        }
    }

    /// <summary>
    /// Makes sure of the end of what was sent, by what comes behind it or, if there is nothing, by sending it once more, whatever the
    /// congestion window is (RFC 8985 §7.3).
    /// </summary>
    public void ProbeTail(Connection connection, long nowNanoseconds)
    {
        connection.Probe.DueAt = Connection.Never;
        if (!TailProbe.IsWanted(connection) || !writer.HasRoom)
        {
            return;
        }

        long written = (long)store.Open(connection).Kernel.SendWritten;
        long start = connection.SendNext;
        int octets = (int)Math.Clamp(Math.Min(written, connection.WindowEnd) - start, 0, connection.SegmentBytes);
        connection.Probe.IsRepeat = octets == 0;
        if (octets != 0)
        {
            SendNew(connection, start, octets, start + octets == written, false, nowNanoseconds);
        }
        else
        {
            long end = Math.Min(connection.SendHighest, written);
            start = Math.Max(end - connection.SegmentBytes, connection.Unacknowledged);
            Repeat(connection, start, (int)Math.Max(end - start, 0), written, nowNanoseconds);
        }

        connection.Probe.DueAt = Connection.Never;
        connection.Probe.End = connection.SendHighest;
        connection.RetransmitAt = nowNanoseconds + connection.RoundTrip.Timeout;
    }

    /// <summary>Sends a segment that an idle peer has to answer: its number is below what the peer expects (RFC 9293 §3.8.4).</summary>
    public void KeepAlive(Connection connection, long nowNanoseconds)
        => writer.TrySendData(connection, connection.Unacknowledged - 1, 0, TcpFlags.None, nowNanoseconds);

    // So many duplicates make a peer send again (RFC 5681 §3.2) what it would otherwise find missing by its timer. One that has recovered
    // sends more than a segment at a time.
    private void Remind(Connection connection, long nowNanoseconds)
    {
        long advance = connection.ReceiveNext - connection.AcknowledgedNext;
        if (advance > connection.LargestReceived)
        {
            connection.CatchUpUntil = 0;
        }

        bool isCatchingUp = advance > 0 && nowNanoseconds < connection.CatchUpUntil;
        if (!connection.MustRemind && !isCatchingUp)
        {
            return;
        }

        connection.MustRemind = false;
        for (int count = 0; count < TcpParameters.DuplicateThreshold; count++)
        {
            writer.TrySendAcknowledgment(connection, nowNanoseconds);
        }

        connection.MustAcknowledge = true;
    }

    private bool RunHandshake(Connection connection, long nowNanoseconds)
    {
        if (connection.SendNext != Connection.SynPosition)
        {
            return true;
        }

        if (!writer.HasRoom)
        {
            return false;
        }

        connection.SendNext = connection.SendHighest = 0;
        StartTimer(connection, nowNanoseconds);
        if (connection.MeasuredEnd == Connection.Never && connection.Retransmissions == 0)
        {
            connection.MeasuredEnd = 0;
            connection.MeasuredAt = nowNanoseconds;
        }

        writer.TrySendSynchronize(connection, nowNanoseconds);
        return true;
    }

    private bool RunData(Connection connection, long nowNanoseconds)
    {
        // RFC 5681 §4.1: after a pause as long as a timeout, the window is that of a connection that begins.
        if (connection.SendNext == connection.Unacknowledged
            && nowNanoseconds - connection.SentAt > connection.RoundTrip.Timeout)
        {
            connection.Congestion.RestartAfterIdle();
        }

        while (writer.HasRoom)
        {
            if (!TrySendNext(connection, nowNanoseconds))
            {
                WatchClosedWindow(connection, nowNanoseconds);
                return true;
            }
        }

        return false;
    }

    private bool TrySendNext(Connection connection, long nowNanoseconds)
    {
        ConnectionBlock block = store.Open(connection);
        long written = (long)block.Kernel.SendWritten;
        bool isSackRecovery = connection.Congestion.Phase == CongestionPhase.FastRecovery && connection.Options.HasSack;
        long room = connection.Congestion.Window + connection.Congestion.Allowance - connection.InFlight;
        if (isSackRecovery)
        {
            return room >= connection.SegmentBytes
                && (TryRepeatMissing(connection, written, false, nowNanoseconds)
                    || TrySendNew(connection, block, room, nowNanoseconds)
                    || TryRepeatMissing(connection, written, true, nowNanoseconds));
        }

        // What is sent again after a timeout leaves out what the peer has told of since.
        connection.SendNext = connection.Scoreboard.SkipReceived(connection.SendNext);
        return TrySendNew(connection, block, room, nowNanoseconds);
    }

    private bool TryRepeatMissing(Connection connection, long written, bool mayBeOnItsWay, long nowNanoseconds)
    {
        if (!connection.Scoreboard.TryGetMissing(
            connection.Unacknowledged, connection.SegmentBytes, mayBeOnItsWay, out long start, out long end))
        {
            return false;
        }

        Retransmit(connection, start, Math.Min(end, written), written, nowNanoseconds);
        return true;
    }

    private bool TrySendNew(Connection connection, ConnectionBlock block, long room, long nowNanoseconds)
    {
        long start = connection.SendNext;
        long written = (long)block.Kernel.SendWritten;
        long limit = Math.Min(Math.Min(written, connection.WindowEnd), connection.Scoreboard.NextReceived(start));
        int octets = (int)Math.Clamp(limit - start, 0, connection.SegmentBytes);
        bool hasFinish = connection.State.HasFinish() && start + octets == written && start <= written;
        if ((octets == 0 && !hasFinish) || !MaySend(connection, block, octets, hasFinish, room))
        {
            return false;
        }

        SendNew(connection, start, octets, start + octets == written, hasFinish, nowNanoseconds);
        return true;
    }

    private void SendNew(Connection connection, long start, int octets, bool isLast, bool hasFinish, long nowNanoseconds)
    {
        long end = start + octets + (hasFinish ? 1 : 0);
        Measure(connection, start, end, nowNanoseconds);
        connection.SmallEnd = octets < connection.SegmentBytes ? end : connection.SmallEnd;
        connection.SendNext = end;
        Note(connection, start, end, nowNanoseconds);
        connection.Probe.Schedule(connection, nowNanoseconds);
        writer.TrySendData(connection, start, octets, FlagsOf(isLast, hasFinish), nowNanoseconds);
    }

    private static bool MaySend(Connection connection, ConnectionBlock block, int octets, bool hasFinish, long room)
    {
        bool isAlone = connection.SendNext == connection.Unacknowledged;
        if (octets > room && !(isAlone && room > 0))
        {
            return false;
        }

        // (1) A full segment, or one that was full before; and a FIN waits for nothing.
        if (octets == connection.SegmentBytes || hasFinish || connection.SendNext < connection.SendHighest)
        {
            return true;
        }

        // (2) and Nagle's algorithm (§3.7.4): less than a segment leaves if it is all there is, and no other such segment is unacknowledged,
        // which is Minshall's reading: the end of a long answer need not wait for a delayed acknowledgment.
        bool isAll = connection.SendNext + octets == (long)block.Kernel.SendWritten;
        bool mayBeSmall = connection.SmallEnd <= connection.Unacknowledged
            || (block.Kernel.Options & ConnectionOptions.NoDelay) != 0;

        // (3) Half of the largest window: the peer has no room for more.
        return (isAll && mayBeSmall) || (isAlone && octets >= connection.LargestWindow / 2);
    }

    private void Retransmit(Connection connection, long start, long end, long written, long nowNanoseconds)
    {
        int octets = (int)Math.Max(end - start, 0);
        long finish = HasFinish(connection, start + octets, written) ? 1 : 0;
        connection.Scoreboard.RetransmittedEnd = Math.Max(connection.Scoreboard.RetransmittedEnd, start + octets + finish);
        Repeat(connection, start, octets, written, nowNanoseconds);
    }

    private void Repeat(Connection connection, long start, int octets, long written, long nowNanoseconds)
    {
        connection.MeasuredEnd = Connection.Never;
        connection.SentAt = nowNanoseconds;
        counters.SegmentsRepeated++;
        StartTimer(connection, nowNanoseconds);
        TcpFlags flags = FlagsOf(start + octets >= written, HasFinish(connection, start + octets, written));
        writer.TrySendData(connection, start, octets, flags, nowNanoseconds);
    }

    // The FIN is repeated with the last octets, or alone.
    private static bool HasFinish(Connection connection, long end, long written)
        => connection.State.HasFinish() && end >= written && connection.SendHighest > written;

    private static TcpFlags FlagsOf(bool isLast, bool hasFinish)
        => (isLast ? TcpFlags.Push : TcpFlags.None) | (hasFinish ? TcpFlags.Finish : TcpFlags.None);

    // Karn's algorithm: what was sent twice is not measured.
    private static void Measure(Connection connection, long start, long end, long nowNanoseconds)
    {
        if (start < connection.SendHighest)
        {
            connection.MeasuredEnd = Connection.Never;
        }
        else if (connection.MeasuredEnd == Connection.Never)
        {
            connection.MeasuredEnd = end;
            connection.MeasuredAt = nowNanoseconds;
        }
    }

    // Octets are about to leave. That they may is committed first: the next instance must take their acknowledgment.
    private void Note(Connection connection, long start, long end, long nowNanoseconds)
    {
        if (start < connection.SendHighest)
        {
            counters.SegmentsRepeated++;
        }

        if (end > connection.SendHighest)
        {
            connection.SendHighest = end;
            store.CommitHighest(connection, Math.Min(end, (long)store.Open(connection).Kernel.SendWritten));
        }

        connection.SentAt = nowNanoseconds;
        StartTimer(connection, nowNanoseconds);
    }

    // RFC 6298 §5 (5.1): unless it runs already.
    private static void StartTimer(Connection connection, long nowNanoseconds)
    {
        if (connection.RetransmitAt == Connection.Never)
        {
            connection.RetransmitAt = nowNanoseconds + connection.RoundTrip.Timeout;
        }
    }

    // Octets wait, none is on its way, and so nothing would ever wake us: the window is closed, or too small to use.
    private void WatchClosedWindow(Connection connection, long nowNanoseconds)
    {
        bool isWaiting = connection.Unacknowledged < (long)store.Open(connection).Kernel.SendWritten;
        if (isWaiting)
        {
            StartTimer(connection, nowNanoseconds);
        }
    }
}
