using System;
using System.Buffers.Binary;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// What ICMP says of our segments (RFC 1122 §4.2.3.9, RFC 1191). Anybody can say it, so that it counts only if it names a segment that is on
/// its way (RFC 5927 §4.1), and never ends a connection that was established (§5).
/// </summary>
internal sealed class PathErrors(
    ConnectionTable table, ConnectionLifecycle lifecycle, SegmentWriter writer, PendingWork work, StackCounters counters)
    : IPathErrorSink
{
    /// <inheritdoc/>
    public void TakePathError(in PathError error, long nowNanoseconds)
    {
        TcpFlow flow = new(
            writer.Address,
            BinaryPrimitives.ReadUInt16BigEndian(error.Payload[TcpHeader.SourcePortOffset..]),
            error.Destination,
            BinaryPrimitives.ReadUInt16BigEndian(error.Payload[TcpHeader.DestinationPortOffset..]));
        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(error.Payload[TcpHeader.SequenceOffset..]);
        if (!table.TryFind(flow, out Connection? connection) || !IsOnItsWay(connection, sequence))
        {
            counters.Drop(DropReason.NotForUs);
            return;
        }

        switch (error.Kind)
        {
            case PathErrorKind.TooLarge:
                Shrink(connection, error);
                break;
            case PathErrorKind.Hard when connection.State == ConnectionState.SynSent:
                lifecycle.Close(connection, ConnectionError.Refused);
                break;
            default:
                // If it is the last that is heard, it says why.
                connection.IsUnreachable = true;
                break;
        }
    }

    private static bool IsOnItsWay(Connection connection, uint sequence)
    {
        long position = connection.AcknowledgedPosition(sequence);
        return position >= connection.Unacknowledged && position < connection.SendHighest;
    }

    // RFC 1191 §6.3 and §6.5: smaller segments from now on, and what was too large again, at once and with the window as it is.
    private void Shrink(Connection connection, in PathError error)
    {
        int pathBytes = Math.Max(
            error.PathBytes == 0 ? TcpParameters.MinimumPathBytes : error.PathBytes, TcpParameters.MinimumPathBytes);
        int segmentBytes = SegmentWriter.PayloadBytes(connection.Options, pathBytes);
        if (pathBytes >= error.DatagramBytes || segmentBytes >= connection.SegmentBytes)
        {
            return;
        }

        connection.UseSegment(segmentBytes);
        connection.SendNext = connection.Unacknowledged;
        connection.MeasuredEnd = Connection.Never;
        work.Send(connection);
    }
}
