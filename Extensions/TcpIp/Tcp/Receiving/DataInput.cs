using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Takes the data of a segment (RFC 9293 §3.10.7.4, seventh). What comes beyond a gap is put into the ring at once, where it belongs; only
/// the note that it is there is this instance's, and a peer that was told of it must keep it until it is acknowledged (RFC 2018 §8).
/// </summary>
internal sealed class DataInput(ConnectionStore store, SegmentWriter writer, PendingWork work, StackCounters counters)
{
    /// <summary>Takes data at a position. What the window does not hold is cut off. Returns whether the peer's FIN is next.</summary>
    public bool Take(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        ConnectionBlock block = store.Open(connection);
        long start = connection.ReceivedPosition(segment.Header.Sequence);
        long end = start + segment.Data.Length;
        long from = Math.Max(start, connection.ReceiveNext);
        long to = Math.Min(end, ReceiveWindow.LimitOf(block));
        if (segment.Has(TcpFlags.Finish) && to == end && end >= connection.ReceiveNext)
        {
            connection.EarlyFinish = end;
        }

        if (segment.Data.Length != 0)
        {
            connection.LargestReceived = Math.Max(connection.LargestReceived, segment.Data.Length);
            if (from < to)
            {
                Store(connection, block, from, segment.Data[(int)(from - start)..(int)(to - start)], nowNanoseconds);
            }
            else
            {
                // Nothing new, or no room: the peer must learn how far we are.
                connection.MustAcknowledge = true;
            }
        }

        return connection.EarlyFinish == connection.ReceiveNext;
    }

    private void Store(Connection connection, ConnectionBlock block, long from, ReadOnlySpan<byte> octets, long nowNanoseconds)
    {
        long to = from + octets.Length;
        bool isNext = from == connection.ReceiveNext;
        bool hadGap = connection.Arrived.Count != 0;
        if (!isNext && !connection.Arrived.TryAdd(from, to))
        {
            counters.Drop(DropReason.TcpOutOfOrder);
            connection.MustAcknowledge = true;
            return;
        }

        ConnectionRing.Write(block.ReceiveRing, (ulong)from, octets);
        if (!isNext)
        {
            // RFC 5681 §4.2: at once, and one for each such segment: the peer counts them.
            connection.LatestArrival = from;
            writer.TrySendAcknowledgment(connection, nowNanoseconds);
            return;
        }

        int joined = connection.Arrived.Find(to);
        connection.ReceiveNext = joined < 0 ? to : connection.Arrived.EndOf(joined);
        connection.Arrived.RemoveBelow(connection.ReceiveNext);
        store.CommitReceived(connection, connection.ReceiveNext);
        work.Signal(connection);
        Owe(connection, hadGap, octets.Length, nowNanoseconds);
    }

    // RFC 9293 §3.8.6.3 and RFC 5681 §4.2: every second full segment at least, soon for any, at once for one that fills a gap.
    private static void Owe(Connection connection, bool hadGap, int octets, long nowNanoseconds)
    {
        long owed = connection.ReceiveNext - connection.AcknowledgedNext;
        bool isQuick = connection.QuickAcknowledgments != 0 && 2 * octets >= connection.SegmentBytes;
        if (isQuick)
        {
            connection.QuickAcknowledgments--;
        }

        if (hadGap || isQuick || owed >= 2 * connection.LargestReceived)
        {
            connection.MustAcknowledge = true;
        }
        else if (connection.AcknowledgeAt == Connection.Never)
        {
            connection.AcknowledgeAt = nowNanoseconds + TcpParameters.DelayedAcknowledgment;
        }
    }
}
