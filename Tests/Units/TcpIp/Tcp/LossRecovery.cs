using System.Linq;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

public class LossRecovery : OnePeer
{
    private const int Segment = TcpParameters.DefaultSegmentBytes;

    [Fact]
    public void ThreeDuplicatesBringTheSegmentBack()
    {
        TcpSocket socket = Peer.Connect();
        Fill(socket);
        for (int count = 0; count < 2; count++)
        {
            Peer.Send(TcpFlags.Acknowledge);

            // RFC 3042: each of the first two lets one new segment go.
            Assert.Equal((TcpParameters.InitialWindowSegments + count) * Segment, Peer.PositionOf(Assert.Single(Peer.Received)));
            Peer.Received.Clear();
        }

        Peer.Send(TcpFlags.Acknowledge);
        Assert.Equal(0, Peer.PositionOf(Peer.Received[0]));
        Assert.Equal(1ul, Host.Counters.SegmentsRepeated);
    }

    [Fact]
    public void APartialAcknowledgmentBringsTheNextOneBack()
    {
        // RFC 6582 §3.2, step 3.
        TcpSocket socket = Peer.Connect();
        Fill(socket);
        for (int count = 0; count < 3; count++)
        {
            Peer.Send(TcpFlags.Acknowledge);
        }

        Peer.Received.Clear();
        Peer.Send(TcpFlags.Acknowledge, 0, 3 * Segment);
        Assert.Equal(3 * Segment, Peer.PositionOf(Peer.Received[0]));
    }

    [Fact]
    public void OnlyWhatIsMissingComesBack()
    {
        // RFC 6675: segments 0 and 4 of ten are lost.
        TcpSocket socket = Peer.Connect(ScriptedPeer.WithSack);
        Fill(socket);
        Acknowledge(1, 4);
        Acknowledge(5, 7);
        Acknowledge(5, 8);
        Acknowledge(5, 10);
        int[] repeated = [.. Peer.Received.Select(Peer.PositionOf).Where(position => position < 10 * Segment)];
        Assert.Equal([0, 4 * Segment], repeated);
    }

    [Fact]
    public void WhatThePeerNeverHadCannotBeAcknowledgedSelectively()
    {
        TcpSocket socket = Peer.Connect(ScriptedPeer.WithSack);
        Fill(socket);
        Acknowledge(11, 20);
        Acknowledge(-5, -1);
        Acknowledge(4, 2);
        Acknowledge(12, 30);
        Assert.Empty(Peer.Received);
        Assert.Equal(0ul, Host.Counters.SegmentsRepeated);
    }

    [Fact]
    public void ATimeoutBeginsWithOneSegmentAndLeavesOutWhatThePeerHas()
    {
        TcpSocket socket = Peer.Connect(ScriptedPeer.WithSack);
        Fill(socket);
        RunMilliseconds(400);

        // The segment before it is the probe of RFC 8985 §7.
        Assert.Equal([10 * Segment, 0], Peer.Received.Select(Peer.PositionOf));
        Peer.Received.Clear();
        Link.Send(Peer.Make(TcpFlags.Acknowledge, 0, Segment, options: Sack(2, 8)));
        RunMilliseconds(5);
        Assert.Equal([Segment, 8 * Segment], Peer.Received.Select(Peer.PositionOf));
    }

    [Fact]
    public void TheFirstWindowIsThatOfRfc6928()
    {
        TcpSocket socket = Peer.Connect();
        Fill(socket, clear: false);
        Assert.Equal(TcpParameters.InitialWindowSegments, Peer.Received.Count);

        // Slow start: a segment more for each acknowledgment of a full one.
        Peer.Received.Clear();
        Peer.Send(TcpFlags.Acknowledge, 0, Segment);
        Assert.Equal(2, Peer.Received.Count);
    }

    private void Acknowledge(int from, int to) => Peer.Send(TcpFlags.Acknowledge, options: Sack(from, to));

    private System.Action<System.Collections.Generic.List<byte>> Sack(int from, int to)
        => ScriptedPeer.Sack(Peer.HostSequence + 1 + (uint)(from * Segment), Peer.HostSequence + 1 + (uint)(to * Segment));

    private void Fill(TcpSocket socket, bool clear = true)
    {
        socket.Send(TwoHosts.Bytes(30_000));
        RunMilliseconds(5);
        if (clear)
        {
            Peer.Received.Clear();
        }
    }
}
