using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// What a segment says of our octets: which have arrived, and how many more the peer takes (RFC 9293 §3.10.7.4, fifth; RFC 5681; RFC 6675).
/// </summary>
internal sealed class AcknowledgmentInput(ConnectionStore store, ConnectionOutput output, PendingWork work)
{
    /// <summary>
    /// Whether the acknowledgment can be of this connection (RFC 5961 §5.2): of something that was sent, and not older than the
    /// largest window. Others are the guesses of strangers.
    /// </summary>
    public static bool IsPossible(Connection connection, long position)
        => position <= connection.SendHighest && position >= connection.Unacknowledged - connection.LargestWindow - 1;

    /// <summary>Takes the acknowledgment, window and SACK of a segment whose acknowledgment is possible.</summary>
    /// <returns>Whether our FIN is acknowledged, by this segment or earlier.</returns>
    public bool Take(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        long position = connection.AcknowledgedPosition(segment.Header.Acknowledgment);
        bool hasNews = connection.Options.HasSack && TakeSack(connection, segment.Options);
        long window = (long)segment.Header.Window << (connection.Options.HasScale ? connection.Options.SendScale : 0);
        bool isNew = position > connection.Unacknowledged;
        if (isNew)
        {
            Advance(connection, position, nowNanoseconds);
        }
        else if (position == connection.Unacknowledged && IsDuplicate(connection, segment, window, hasNews))
        {
            TakeDuplicate(connection, nowNanoseconds);
        }

        if (connection.Probe.End != Connection.Never)
        {
            TakeProbe(connection, segment.Options, position, isNew, nowNanoseconds);
        }

        UpdateWindow(connection, segment, position, window, nowNanoseconds);
        work.Send(connection);
        return connection.State.HasFinish() && connection.Unacknowledged > (long)store.Open(connection).Kernel.SendWritten;
    }

    private static bool IsDuplicate(Connection connection, in ReceivedSegment segment, long window, bool hasNews)
    {
        // What answers a probe of a closed window repeats itself without anything being lost.
        if (connection.SendHighest == connection.Unacknowledged || window == 0)
        {
            return false;
        }

        // RFC 6675 §2: what makes it one is that it tells of more. RFC 5681 §2 has to guess from all the rest.
        return connection.Options.HasSack
            ? hasNews
            : segment.Length == 0 && window == connection.WindowEnd - connection.Unacknowledged;
    }

    private static bool TakeSack(Connection connection, in TcpOptions options)
    {
        bool hasNews = false;
        for (int index = 0; index < options.SackBlocks; index++)
        {
            SackBlock block = options.GetSack(index);
            long start = connection.AcknowledgedPosition(block.Left);
            long end = connection.AcknowledgedPosition(block.Right);

            // RFC 2883: a block below what is acknowledged tells of a duplicate. Others that cannot be are forged.
            if (start >= connection.Unacknowledged && end > start && end <= connection.SendHighest)
            {
                hasNews |= connection.Scoreboard.Add(start, end);
            }
        }

        return hasNews;
    }

    private void Advance(Connection connection, long position, long nowNanoseconds)
    {
        Measure(connection, position, nowNanoseconds);
        long octets = position - connection.Unacknowledged;
        connection.Unacknowledged = position;
        connection.SendNext = Math.Max(connection.SendNext, position);
        connection.WindowEnd = Math.Max(connection.WindowEnd, position);
        connection.Scoreboard.Advance(position);
        connection.Retransmissions = 0;
        connection.RoundTrip.EndBackOff();

        long written = (long)store.Open(connection).Kernel.SendWritten;
        store.CommitAcknowledged(connection, Math.Min(position, written));
        work.Signal(connection);

        bool isPartial = connection.Congestion.Acknowledge(
            octets, position, connection.InFlight, connection.Options.HasSack);
        if (isPartial && !connection.Options.HasSack)
        {
            output.RetransmitFirst(connection, nowNanoseconds);
        }

        // RFC 6298 §5 (5.2) and (5.3).
        connection.RetransmitAt = position == connection.SendHighest
            ? Connection.Never
            : nowNanoseconds + connection.RoundTrip.Timeout;
        connection.Probe.Schedule(connection, nowNanoseconds);
    }

    // RFC 8985 §7.4.2, and in place of its §6: the probe left so long after everything else that what did not arrive before it is lost.
    private static void TakeProbe(Connection connection, in TcpOptions options, long position, bool isNew, long nowNanoseconds)
    {
        TailProbe probe = connection.Probe;
        if (position >= probe.End)
        {
            // What came twice is said to have, or acknowledged twice. Before that nobody knows.
            bool wasNeeded = probe.IsRepeat && isNew && !TellsOfDuplicate(connection, options, position);
            if (wasNeeded && position == probe.End)
            {
                return;
            }

            connection.Probe.Clear();
            if (wasNeeded)
            {
                connection.Congestion.Repaired();
            }

            connection.Probe.Schedule(connection, nowNanoseconds);
        }
        else if (connection.Scoreboard.SkipReceived(probe.End - 1) >= probe.End)
        {
            connection.Probe.Clear();
            if (connection.Congestion.Phase == CongestionPhase.Open)
            {
                connection.BeginAgain(isRepeated: false, nowNanoseconds);
            }
        }
    }

    // RFC 2883 §4: the first block tells of what came twice, and lies below what is acknowledged.
    private static bool TellsOfDuplicate(Connection connection, in TcpOptions options, long position)
        => options.SackBlocks != 0 && connection.AcknowledgedPosition(options.GetSack(0).Right) <= position;

    private void TakeDuplicate(Connection connection, long nowNanoseconds)
    {
        bool isLost = connection.Options.HasSack
            && connection.Scoreboard.IsLost(connection.Unacknowledged, connection.SegmentBytes);
        bool mustRepeat = connection.Congestion.Duplicate(
            connection.Unacknowledged, connection.SendHighest, connection.InFlight, isLost, connection.Options.HasSack);
        if (mustRepeat)
        {
            connection.Scoreboard.RetransmittedEnd = connection.Unacknowledged;
            connection.SendNext = connection.SendHighest;
            output.RetransmitFirst(connection, nowNanoseconds);
        }
    }

    // One segment at a time is measured, and none that was sent twice (RFC 6298 §3). Not by timestamps: where acknowledgments are lost, what
    // is echoed can be as old as the last timeout (RFC 7323 §4.1 leaves it to us), and that would make the next one as long.
    private static void Measure(Connection connection, long position, long nowNanoseconds)
    {
        if (connection.MeasuredEnd <= position)
        {
            connection.RoundTrip.AddSample(nowNanoseconds - connection.MeasuredAt);
            connection.MeasuredEnd = Connection.Never;
        }
    }

    private void UpdateWindow(Connection connection, in ReceivedSegment segment, long position, long window, long nowNanoseconds)
    {
        // RFC 9293 §3.10.7.4: an old segment must not bring an old window back.
        long sequence = connection.ReceivedPosition(segment.Header.Sequence);
        bool isNewer = connection.WindowSequence < sequence
            || (connection.WindowSequence == sequence && connection.WindowAcknowledgment <= position);
        if (!isNewer || position < connection.Unacknowledged)
        {
            return;
        }

        connection.WindowSequence = sequence;
        connection.WindowAcknowledgment = position;
        connection.LargestWindow = Math.Max(connection.LargestWindow, window);
        if (connection.WindowEnd != position + window)
        {
            bool isOpened = connection.WindowEnd <= connection.Unacknowledged && window != 0;
            connection.WindowEnd = position + window;
            store.CommitWindow(connection);
            if (isOpened)
            {
                EndProbing(connection, nowNanoseconds);
            }
        }
    }

    // How often a closed window was probed, and how long the last probe was to wait, says nothing of what leaves now.
    private static void EndProbing(Connection connection, long nowNanoseconds)
    {
        connection.Retransmissions = 0;
        connection.RoundTrip.EndBackOff();
        connection.RetransmitAt = connection.SendHighest > connection.Unacknowledged
            ? nowNanoseconds + connection.RoundTrip.Timeout
            : Connection.Never;
    }
}
