using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Answers those who call us, and makes a connection of one that has confirmed.</summary>
internal sealed class PassiveOpen(
    ITransportHost host,
    ConnectionTable table,
    ConnectionLifecycle lifecycle,
    SegmentWriter writer,
    InitialSequence sequences,
    StatelessReplies replies,
    StackCounters counters)
{
    /// <summary>Sends our SYN, with the acknowledgment of the peer's.</summary>
    public void SendSynchronize(in HalfOpenConnection connection, long nowNanoseconds)
    {
        Span<byte> options = stackalloc byte[TcpHeader.MaximumBytes - TcpHeader.SizeBytes];
        uint clock = InitialSequence.TimestampClock(nowNanoseconds);
        int optionBytes = HandshakeWriter.WriteOptions(
            options,
            writer.OwnSegmentBytes,
            connection.Options,
            clock + sequences.TimestampOffset(connection.Flow),
            connection.PeerTimestamp);
        TcpHeader header = new()
        {
            Flags = TcpFlags.Synchronize | TcpFlags.Acknowledge,
            Sequence = connection.Sequence,
            Acknowledgment = connection.PeerSequence + 1,
            Window = ReceiveWindow.FirstOffer,
        };
        replies.TrySend(connection.Flow, header, options[..optionBytes], nowNanoseconds);
    }

    /// <summary>Asks the peer which connection it means (RFC 5961 §4.2).</summary>
    public void SendChallenge(in HalfOpenConnection connection, long nowNanoseconds)
    {
        TcpHeader header = new()
        {
            Flags = TcpFlags.Acknowledge,
            Sequence = connection.Sequence + 1,
            Acknowledgment = connection.PeerSequence + 1,
            Window = ReceiveWindow.FirstOffer,
        };
        replies.TrySend(connection.Flow, header, default, nowNanoseconds);
    }

    /// <summary>Gets a block for a connection that was confirmed.</summary>
    /// <returns>What the kernel said; a connection only with <see cref="CallStatus.Ok"/>.</returns>
    public CallStatus TryComplete(
        in HalfOpenConnection confirmed, long roundTripNanoseconds, long nowNanoseconds, out Connection? connection)
    {
        connection = null;
        TcpFlow flow = confirmed.Flow;
        CallResult<AcceptedConnection> accepted = host.AcceptConnection(flow.LocalPort, flow.Remote.Value, flow.RemotePort);
        if (!accepted.TryGet(out AcceptedConnection given) || !table.TryPrepare(given.Block, out connection))
        {
            return accepted.Succeeded ? CallStatus.Failed : accepted.Status;
        }

        connection.Flow = flow;
        connection.InitialSend = confirmed.Sequence;
        connection.InitialReceive = confirmed.PeerSequence;
        connection.Options = confirmed.Options;
        connection.TimestampOffset = sequences.TimestampOffset(flow);
        connection.RecentTimestamp = confirmed.PeerTimestamp;
        connection.RecentTimestampAt = connection.HeardAt = nowNanoseconds;
        connection.Unacknowledged = connection.SendNext = connection.SendHighest = connection.WindowEnd = 0;
        connection.OfferedEnd = ReceiveWindow.FirstOffer;
        if (roundTripNanoseconds != 0)
        {
            connection.RoundTrip.AddSample(roundTripNanoseconds);
        }

        lifecycle.Begin(connection, ConnectionState.Established);
        counters.ConnectionsAccepted++;
        return CallStatus.Ok;
    }
}
