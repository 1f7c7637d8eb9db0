using System;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// When the end of what was sent is to be made sure of, although nothing says that it is lost: a tail loss probe (RFC 8985 §7). If nothing
/// behind it leaves, its loss is seen by nobody; what the peer says of the probe tells it, long before the timer would.
/// </summary>
internal struct TailProbe
{
    // Two turns of the timer wheel, by which time a driver that dies is replaced as a rule.
    private const long LeastWaitNanoseconds = 2 * TimerWheel.SlotNanoseconds;

    // §7.2, TLP.max_ack_delay: how long a peer may wait with the acknowledgment of a single segment.
    private const long PeerDelayNanoseconds = 200_000_000;

    /// <summary>Nothing is to be made sure of.</summary>
    public TailProbe() => Clear();

    /// <summary>When it leaves; <see cref="Connection.Never"/> if it is not wanted.</summary>
    public long DueAt { get; set; }

    /// <summary>TLP.end_seq: behind the probe that is on its way; <see cref="Connection.Never"/> if none is.</summary>
    public long End { get; set; }

    /// <summary>TLP.is_retrans: whether it repeats what was sent before.</summary>
    public bool IsRepeat { get; set; }

    /// <summary>Whether the connection is in a state in which losses are found this way.</summary>
    public static bool IsWanted(Connection connection)
        => connection.Options.HasSack
            && connection.State.CanSend()
            && connection.Congestion.Phase == CongestionPhase.Open
            && connection.Scoreboard.IsEmpty
            && connection.RoundTrip.Smoothed != 0
            && connection.SendNext == connection.SendHighest
            && connection.SendHighest > connection.Unacknowledged;

    /// <summary>Something new has left or was acknowledged: the time begins anew (§7.2).</summary>
    public void Schedule(Connection connection, long nowNanoseconds)
    {
        DueAt = Connection.Never;
        if (End != Connection.Never || !IsWanted(connection))
        {
            return;
        }

        bool isSingle = connection.SendHighest - connection.Unacknowledged <= connection.SegmentBytes;
        long due = nowNanoseconds
            + Math.Max(2 * connection.RoundTrip.Smoothed, LeastWaitNanoseconds)
            + (isSingle ? PeerDelayNanoseconds : 0);
        DueAt = due < connection.RetransmitAt ? due : Connection.Never;
    }

    /// <summary>None is wanted, and none is waited for.</summary>
    public void Clear()
    {
        DueAt = End = Connection.Never;
        IsRepeat = false;
    }
}
