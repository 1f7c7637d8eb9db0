using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Makes the segments of a connection: its numbers, its window, its options, octets out of its ring.</summary>
internal sealed class SegmentWriter(ISegmentCarrier carrier, ConnectionStore store, StackCounters counters)
{
    /// <summary>The largest segment that we take, options not counted off (RFC 6691).</summary>
    public ushort OwnSegmentBytes
        => (ushort)(carrier.DatagramBytes - Ipv4Header.SizeBytes - TcpHeader.SizeBytes);

    /// <summary>Our address.</summary>
    public Ipv4Address Address => carrier.Address;

    /// <summary>Whether a segment can be made now.</summary>
    public bool HasRoom => carrier.HasRoom;

    /// <summary>The payload of a full segment to a peer, over a path that carries datagrams of that size.</summary>
    public static int PayloadBytes(in HandshakeOptions options, int datagramBytes)
    {
        int segment = Math.Min(options.SegmentBytes, datagramBytes - Ipv4Header.SizeBytes - TcpHeader.SizeBytes);
        return segment - (options.HasTimestamps ? TcpOptionWriter.TimestampsBytes : 0);
    }

    /// <summary>The same over the link itself.</summary>
    public int PayloadBytes(in HandshakeOptions options) => PayloadBytes(options, carrier.DatagramBytes);

    /// <summary>Sends our SYN, alone or, if the peer's has come, with the acknowledgment of that.</summary>
    public bool TrySendSynchronize(Connection connection, long nowNanoseconds)
    {
        bool isAnswer = connection.State == ConnectionState.SynReceived;
        uint clock = TimestampOf(connection, nowNanoseconds);
        Span<byte> options = stackalloc byte[TcpHeader.MaximumBytes - TcpHeader.SizeBytes];
        HandshakeOptions offered = isAnswer ? connection.Options : HandshakeOptions.Offer;
        int optionBytes = HandshakeWriter.WriteOptions(options, OwnSegmentBytes, offered, clock, connection.RecentTimestamp);
        TcpHeader header = new()
        {
            Flags = isAnswer ? TcpFlags.Synchronize | TcpFlags.Acknowledge : TcpFlags.Synchronize,
            Sequence = connection.InitialSend,
            Acknowledgment = isAnswer ? connection.ReceiveSequenceOf(connection.ReceiveNext) : 0,
            Window = ReceiveWindow.FirstOffer,
        };
        connection.OfferedEnd = ReceiveWindow.FirstOffer;
        return TrySend(connection, header, options[..optionBytes], 0, 0, nowNanoseconds);
    }

    /// <summary>Sends octets of the ring, none too, and all that each segment says: acknowledgment, window, timestamps.</summary>
    public bool TrySendData(Connection connection, long start, int octets, TcpFlags flags, long nowNanoseconds)
    {
        Span<byte> options = stackalloc byte[TcpHeader.MaximumBytes - TcpHeader.SizeBytes];
        TcpOptionWriter writer = new(options);
        if (connection.Options.HasTimestamps)
        {
            writer.Timestamps(TimestampOf(connection, nowNanoseconds), connection.RecentTimestamp);
        }

        // Those of a segment with data would make it larger than the path carries: an acknowledgment of its own tells of gaps.
        if (octets == 0 && connection.Options.HasSack)
        {
            WriteSack(connection, ref writer);
        }

        ReceiveWindow.Renew(connection, store.Open(connection));
        TcpHeader header = new()
        {
            Flags = flags | TcpFlags.Acknowledge,
            Sequence = connection.SequenceOf(start),
            Acknowledgment = connection.ReceiveSequenceOf(connection.ReceiveNext),
            Window = ReceiveWindow.FieldOf(connection),
        };
        if (!TrySend(connection, header, options[..writer.Length], start, octets, nowNanoseconds))
        {
            return false;
        }

        // Every segment acknowledges all that has come.
        connection.AcknowledgedNext = connection.ReceiveNext;
        connection.AcknowledgeAt = Connection.Never;
        connection.MustAcknowledge = false;
        return true;
    }

    /// <summary>Sends an acknowledgment and nothing else.</summary>
    public bool TrySendAcknowledgment(Connection connection, long nowNanoseconds)
        => TrySendData(connection, connection.AcceptableSend, 0, TcpFlags.None, nowNanoseconds);

    /// <summary>Tells the peer that the connection is no more (RFC 9293 §3.10.5). Returns what it was told, or would have been.</summary>
    public TcpHeader SendReset(Connection connection, long nowNanoseconds)
    {
        TcpHeader header = new()
        {
            Flags = TcpFlags.Reset | TcpFlags.Acknowledge,
            Sequence = connection.SequenceOf(connection.AcceptableSend),
            Acknowledgment = connection.ReceiveSequenceOf(connection.ReceiveNext),
        };
        if (TrySend(connection, header, default, 0, 0, nowNanoseconds))
        {
            counters.ResetsSent++;
        }

        return header;
    }

    private static uint TimestampOf(Connection connection, long nowNanoseconds)
        => InitialSequence.TimestampClock(nowNanoseconds) + connection.TimestampOffset;

    private static void WriteSack(Connection connection, ref TcpOptionWriter writer)
    {
        int limit = connection.Options.HasTimestamps ? TcpOptions.MaximumSackBlocks - 1 : TcpOptions.MaximumSackBlocks;
        int count = Math.Min(limit, connection.Arrived.Count);
        if (count == 0)
        {
            return;
        }

        // RFC 2018 §4: first the range that changed last, then others.
        Span<SackBlock> blocks = stackalloc SackBlock[TcpOptions.MaximumSackBlocks];
        int latest = Math.Max(connection.Arrived.Find(connection.LatestArrival), 0);
        for (int index = 0; index < count; index++)
        {
            int range = (latest + index) % connection.Arrived.Count;
            blocks[index] = new SackBlock(
                connection.ReceiveSequenceOf(connection.Arrived.StartOf(range)),
                connection.ReceiveSequenceOf(connection.Arrived.EndOf(range)));
        }

        writer.Sack(blocks[..count]);
    }

    private bool TrySend(
        Connection connection, in TcpHeader header, ReadOnlySpan<byte> options, long start, int octets, long nowNanoseconds)
    {
        int headerBytes = TcpHeader.SizeBytes + options.Length;
        TcpFlow flow = connection.Flow;
        Ipv4Flow path = new(flow.Local, flow.Remote, IpProtocol.Tcp);
        if (!carrier.TryReserve(path, headerBytes + octets, nowNanoseconds, out Span<byte> segment))
        {
            return false;
        }

        options.CopyTo(segment[TcpHeader.SizeBytes..]);
        if (octets != 0)
        {
            ConnectionRing.Read(store.Open(connection).SendRing, (ulong)start, segment[headerBytes..]);
        }

        (header with { SourcePort = flow.LocalPort, DestinationPort = flow.RemotePort })
            .Write(segment, options.Length, flow.Local, flow.Remote);
        counters.SegmentsSent++;
        return true;
    }
}
