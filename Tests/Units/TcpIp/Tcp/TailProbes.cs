using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

// RFC 8985 §7.
public class TailProbes : OnePeer
{
    private const int Segment = TcpParameters.DefaultSegmentBytes;

    // Far below the least time-out.
    private const int SoonMilliseconds = 60;

    [Fact]
    public void TheLastOfSeveralSegmentsComesBackSoon()
    {
        TcpSocket socket = Measured();
        Send(socket, 4);
        RunMilliseconds(SoonMilliseconds);
        Assert.Equal([4 * Segment], Positions());
    }

    [Fact]
    public void WhatTheProbeFindsMissingComesBackAtOnce()
    {
        // Segments 2 and 3 are lost and so is the original of 4.
        TcpSocket socket = Measured();
        Send(socket, 4);
        Peer.Send(TcpFlags.Acknowledge, 0, 2 * Segment);
        RunMilliseconds(SoonMilliseconds);
        Peer.Received.Clear();
        Peer.Send(TcpFlags.Acknowledge, 0, 2 * Segment, options: Sack(4, 5));
        Assert.Equal([2 * Segment], Positions());
        Peer.Send(TcpFlags.Acknowledge, 0, 3 * Segment, options: Sack(4, 5));
        Assert.Equal([2 * Segment, 3 * Segment], Positions());
    }

    [Fact]
    public void WhatWasNotSentYetIsTheBetterProbe()
    {
        TcpSocket socket = Measured();
        socket.Send(TwoHosts.Bytes(40 * Segment));
        RunMilliseconds(5);
        int[] sent = Positions();
        Peer.Received.Clear();
        RunMilliseconds(SoonMilliseconds);
        Assert.Equal([sent.Max() + Segment], Positions());
        Assert.Equal(0ul, Host.Counters.SegmentsRepeated);
    }

    [Fact]
    public void ThereIsOneProbeAndThenTheTimer()
    {
        TcpSocket socket = Measured();
        Send(socket, 4);
        RunMilliseconds(290);
        Assert.Equal([4 * Segment], Positions());
        RunMilliseconds(100);
        Assert.Equal([4 * Segment, Segment], Positions());
    }

    [Fact]
    public void APeerMayTakeItsTimeWithASingleSegment()
    {
        TcpSocket socket = Measured();
        Send(socket, 1);
        RunMilliseconds(190);
        Assert.Empty(Peer.Received);
    }

    [Fact]
    public void APeerWithoutSelectiveAcknowledgmentsIsNotProbed()
    {
        TcpSocket socket = Measured(hasSack: false);
        Send(socket, 4);
        RunMilliseconds(250);
        Assert.Empty(Peer.Received);
    }

    [Theory]
    [InlineData(true, 10, 40)]
    [InlineData(false, 1, 9)]
    public void ALossThatTheProbeMendedSlowsTheSenderDown(bool knowsDuplicate, int least, int most)
    {
        TcpSocket socket = Measured();
        Send(socket, 4);
        RunMilliseconds(SoonMilliseconds);
        Peer.Send(TcpFlags.Acknowledge, 0, 5 * Segment, options: knowsDuplicate ? Sack(4, 5) : null);
        socket.Send(TwoHosts.Bytes(Segment));
        RunMilliseconds(5);
        Peer.Send(TcpFlags.Acknowledge, 0, 6 * Segment);
        Peer.Received.Clear();
        socket.Send(TwoHosts.Bytes(40 * Segment));
        RunMilliseconds(5);
        Assert.InRange(Peer.Received.Count, least, most);
    }

    [Fact]
    public void AStreamOverALinkThatLosesItsEndIsWholeSooner()
    {
        TwoHosts hosts = new();
        hosts.Transfer(hosts.Local, hosts.Remote, TwoHosts.Bytes(20_000));
        int sent = 0;
        hosts.Link.Filter = packet => packet.Data.Length != 0 && ++sent is > 3 and <= 6;
        long begin = hosts.Link.Now;
        hosts.Transfer(hosts.Local, hosts.Remote, TwoHosts.Bytes(6 * 1448, seed: 2));
        Assert.True(sent > 6);
        Assert.InRange((hosts.Link.Now - begin) / TcpLink.Millisecond, 0, 150);
    }

    // One segment is acknowledged, so that the time that takes is known.
    private TcpSocket Measured(bool hasSack = true)
    {
        TcpSocket socket = Peer.Connect(hasSack ? ScriptedPeer.WithSack : null);
        socket.Send(TwoHosts.Bytes(Segment));
        RunMilliseconds(2);
        Peer.Send(TcpFlags.Acknowledge, 0, Segment);
        Peer.Received.Clear();
        return socket;
    }

    private void Send(TcpSocket socket, int segments)
    {
        socket.Send(TwoHosts.Bytes(segments * Segment));
        RunMilliseconds(3);
        Assert.Equal(segments, Peer.Received.Count);
        Peer.Received.Clear();
    }

    private int[] Positions() => [.. Peer.Received.Select(Peer.PositionOf)];

    private Action<List<byte>> Sack(int from, int to)
        => ScriptedPeer.Sack(Peer.HostSequence + 1 + (uint)(from * Segment), Peer.HostSequence + 1 + (uint)(to * Segment));
}
