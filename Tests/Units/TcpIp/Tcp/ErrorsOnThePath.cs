using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>What ICMP says counts only if it is about something on its way (RFC 5927), and then makes segments smaller (RFC 1191).</summary>
public class ErrorsOnThePath : OnePeer
{
    [Fact]
    public void SegmentsBecomeSmallerAndAreSentAgain()
    {
        TcpSocket socket = Begin();
        Packet large = Peer.Received[0];
        Assert.Equal(1460, large.Data.Length);
        Peer.Received.Clear();
        Tell(PathErrorKind.TooLarge, large, 1000);
        Assert.Equal(0, Peer.PositionOf(Peer.Received[0]));
        Assert.All(Peer.Received.SkipLast(1), packet => Assert.Equal(960, packet.Data.Length));
        Assert.True(socket.IsEstablished);
    }

    [Theory]
    [InlineData(1500)]
    [InlineData(65_535)]
    public void ASizeThatWasNotTooLargeChangesNothing(int pathBytes)
    {
        Begin();
        Packet large = Peer.Received[0];
        Peer.Received.Clear();
        Tell(PathErrorKind.TooLarge, large, pathBytes);
        Assert.Empty(Peer.Received);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(68)]
    public void ASizeThatNoPathHasIsNotBelieved(int pathBytes)
    {
        Begin();
        Packet large = Peer.Received[0];
        Peer.Received.Clear();
        Tell(PathErrorKind.TooLarge, large, pathBytes);
        Assert.Equal(TcpParameters.MinimumPathBytes - 40, Peer.Received[0].Data.Length);
    }

    [Fact]
    public void WhatIsNotOnItsWayCannotBeTooLarge()
    {
        Begin();
        Packet large = Peer.Received[0];
        Peer.Send(TcpFlags.Acknowledge, 0, 1460);
        Peer.Received.Clear();
        Tell(PathErrorKind.TooLarge, large, 1000);
        Assert.Empty(Peer.Received);
    }

    [Fact]
    public void AnEstablishedConnectionOutlivesAHardError()
    {
        TcpSocket socket = Begin();
        Tell(PathErrorKind.Hard, Peer.Received[0], 0);
        Assert.True(socket.IsEstablished);
        Assert.True(Link.RunUntil(() => socket.IsClosed, 1000 * TcpLink.Second));
        Assert.Equal(ConnectionError.Unreachable, socket.Error);
    }

    [Fact]
    public void OneThatIsBeingMadeDoesNot()
    {
        TcpSocket socket = Host.Connect(Peer.Address, ScriptedPeer.Port);
        RunMilliseconds(5);
        Tell(PathErrorKind.Soft, Peer.Last, 0);
        Assert.Equal(ConnectionState.SynSent, socket.State);
        Tell(PathErrorKind.Hard, Peer.Last, 0);
        Assert.Equal((ConnectionState.Closed, ConnectionError.Refused), (socket.State, socket.Error));
    }

    private TcpSocket Begin()
    {
        TcpSocket socket = Peer.Connect(options => options.AddRange([2, 4, 1460 >> 8, 1460 & 255]));
        socket.Send(TwoHosts.Bytes(8000));
        RunMilliseconds(3);
        return socket;
    }

    private void Tell(PathErrorKind kind, Packet about, int pathBytes)
    {
        PathError error = new()
        {
            Kind = kind,
            PathBytes = pathBytes,
            DatagramBytes = Ipv4Header.SizeBytes + about.Segment.Length,
            Destination = about.Destination,
            Payload = about.Segment.AsSpan(0, 8),
        };
        Host.Tcp.Errors.TakePathError(error, Link.Now);
        RunMilliseconds(12);
    }
}
