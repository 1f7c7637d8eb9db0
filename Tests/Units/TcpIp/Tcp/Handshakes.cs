using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

public class Handshakes : OnePeer
{
    [Fact]
    public void ASynAckIsRepeatedAndForgotten()
    {
        Peer.Send(TcpFlags.Synchronize, -1);
        Assert.Equal(1, Host.Tcp.HalfOpenConnections);
        RunMilliseconds(60_000);
        Assert.Equal(1 + TcpParameters.MaximumSynAckRetransmissions, Peer.Received.Count);
        Assert.Single(Peer.Received.Select(packet => packet.Header.Sequence).Distinct());
        Assert.Equal(0, Host.Tcp.HalfOpenConnections);
        Assert.Equal(0, Host.Memory.Count);
    }

    // It was in a driver that died: to the peer, a second is long.
    [Fact]
    public void ASynAckThatMayBeLostWithADriverIsRepeatedAtOnce()
    {
        Peer.Send(TcpFlags.Synchronize, -1);
        Host.Tcp.Resume(Link.Now);
        RunMilliseconds(10);
        Assert.Equal(2, Peer.Received.Count);
        Assert.Equal(Peer.Received[0].Header.Sequence, Peer.Received[1].Header.Sequence);
    }

    [Fact]
    public void AHandshakeThatLastsLongerThanTheTableIsCompletedOnlyByItsCookie()
    {
        // Not in ordinary times: the table has had room for everybody.
        Peer.Send(TcpFlags.Synchronize, -1);
        RunMilliseconds(60_000);
        Peer.Send(TcpFlags.Acknowledge);
        Assert.True(Peer.Last.Has(TcpFlags.Reset));
    }

    [Fact]
    public void AnotherInstanceCompletesAHandshake()
    {
        Peer.Send(TcpFlags.Synchronize, -1, options: ScriptedPeer.WithSack);
        Host.Crash();
        Peer.Send(TcpFlags.Acknowledge, 0, 0, [1, 2, 3]);
        Assert.True(Host.TryAccept(out TcpSocket socket));
        Assert.Equal([1, 2, 3], socket.Receive());
        Assert.Equal(ConnectionFeatures.SelectiveAcknowledgement, socket.Bytes.Transport.Features);
        Assert.Equal(TcpParameters.DefaultSegmentBytes, socket.Bytes.Transport.MaximumSegmentBytes);
    }

    [Fact]
    public void AnotherInstanceWaitsForTheFirstSegmentOfAHandshake()
    {
        Peer.Send(TcpFlags.Synchronize, -1);
        Host.Crash();
        Peer.Received.Clear();
        Peer.Send(TcpFlags.Acknowledge, 3, 0, [4, 5]);
        Assert.Empty(Peer.Received);
        Peer.Send(TcpFlags.Acknowledge, 0, 0, [1, 2, 3]);
        Peer.Send(TcpFlags.Acknowledge, 3, 0, [4, 5]);
        Assert.True(Host.TryAccept(out TcpSocket socket));
        Assert.Equal([1, 2, 3, 4, 5], socket.Receive());
    }

    [Fact]
    public void AForgedCookieIsRefused()
    {
        Host.Crash();
        RunMilliseconds(6000);
        for (int guess = 0; guess < 1000; guess++)
        {
            Peer.Send(TcpFlags.Acknowledge, 0, guess * 7919);
            Assert.True(Peer.Last.Has(TcpFlags.Reset));
        }

        Assert.Equal(0ul, Host.Counters.CookiesAccepted);
    }

    [Fact]
    public void TwoThatCallEachOtherAtOnceAreConnected()
    {
        // RFC 9293 §3.5, figure 8.
        TcpSocket socket = Host.Connect(Peer.Address, ScriptedPeer.Port);
        RunMilliseconds(5);
        Assert.True(Peer.Last.Has(TcpFlags.Synchronize));
        Peer.Send(TcpFlags.Synchronize, -1);
        Assert.Equal(ConnectionState.SynReceived, socket.State);
        Assert.True(Peer.Last.Has(TcpFlags.Synchronize | TcpFlags.Acknowledge));
        Peer.Send(TcpFlags.Acknowledge);
        Assert.Equal(ConnectionState.Established, socket.State);
        Peer.Send(TcpFlags.Acknowledge, 0, 0, [7]);
        Assert.Equal([7], socket.Receive());
    }

    [Fact]
    public void SoAreTwoOfUs()
    {
        // Each answers the other's SYN with one that acknowledges it, whose number is old: nobody acknowledged that.
        TwoHosts hosts = new(connect: false);
        TcpSocket local = hosts.Client.Connect(hosts.Server.Address, 5000, localPort: 6000);
        TcpSocket remote = hosts.Server.Connect(hosts.Client.Address, 6000, localPort: 5000);
        Assert.True(hosts.Link.RunUntil(() => local.IsEstablished && remote.IsEstablished));
        hosts.Transfer(local, remote, TwoHosts.Bytes(100_000));
        hosts.Transfer(remote, local, TwoHosts.Bytes(100_000));
        Assert.True(hosts.RanWithoutReset());
    }

    [Fact]
    public void AnAnswerToSomethingElseIsReset()
    {
        // RFC 9293 §3.5, figure 7: recovery from an old duplicate.
        TcpSocket socket = Host.Connect(Peer.Address, ScriptedPeer.Port);
        RunMilliseconds(5);
        uint expected = Peer.HostSequence;
        Peer.Send(TcpFlags.Synchronize | TcpFlags.Acknowledge, -1, 1000);
        Assert.Equal((TcpFlags.Reset, expected + 1 + 1000), (Peer.Last.Header.Flags, Peer.Last.Header.Sequence));
        Assert.Equal(ConnectionState.SynSent, socket.State);
        Peer.Send(TcpFlags.Reset | TcpFlags.Acknowledge, -1, 1000);
        Assert.Equal(ConnectionState.SynSent, socket.State);
        Peer.Send(TcpFlags.Synchronize | TcpFlags.Acknowledge, -1, 0);
        Assert.Equal(ConnectionState.Established, socket.State);
    }

    [Fact]
    public void ASilentPeerIsCalledForThreeMinutes()
    {
        TcpSocket socket = Host.Connect(Peer.Address, ScriptedPeer.Port);
        RunMilliseconds(179_000);
        Assert.Equal(ConnectionState.SynSent, socket.State);
        RunMilliseconds(60_000);
        Assert.Equal((ConnectionState.Closed, ConnectionError.TimedOut), (socket.State, socket.Error));
        Assert.Equal(1 + TcpParameters.MaximumSynRetransmissions, Peer.Received.Count);
    }

    [Fact]
    public void AFullBacklogKeepsThePeerWaiting()
    {
        Host.Backlog = 0;
        Peer.Send(TcpFlags.Synchronize, -1);
        Peer.Received.Clear();
        Peer.Send(TcpFlags.Acknowledge, 0, 0, [1]);
        Assert.DoesNotContain(Peer.Received, packet => packet.Has(TcpFlags.Reset));
        Host.Backlog = 1;
        Peer.Send(TcpFlags.Acknowledge, 0, 0, [1]);
        Assert.True(Host.TryAccept(out TcpSocket socket));
        Assert.Equal([1], socket.Receive());
    }

    [Fact]
    public void PortsAreChosenDifferentlyForEachPeer()
    {
        TcpSocket[] sockets = [.. Enumerable.Range(0, 20).Select(index => Host.Connect(new Ipv4Address(0x0A00_0100 + (uint)index), 80))];
        RunMilliseconds(5);
        Assert.All(sockets, socket => Assert.InRange(socket.Bytes.Transport.LocalPort, 49152, 65535));
        Assert.True(sockets.Select(socket => socket.Bytes.Transport.LocalPort).Distinct().Count() > 15);
    }

    [Fact]
    public void TheNumbersBesideACookieAreNone()
    {
        // An old acknowledgment of some octets opened a connection: its number was that of other options.
        TcpFlow flow = new(Host.Address, 80, Peer.Address, 4000);
        InitialSequence sequences = new(new SipHash(1, 2));
        uint cookie = sequences.MakeCookie(flow, 5, new HandshakeOptions(1460, true, 7, true, true), 0);
        for (uint distance = 1; distance <= 1000; distance++)
        {
            Assert.False(sequences.TryReadCookie(flow, 5, cookie + distance, 0, out _));
            Assert.False(sequences.TryReadCookie(flow, 5, cookie - distance, 0, out _));
        }
    }

    [Fact]
    public void ASecretThatIsNotKnownMakesOtherNumbers()
    {
        TcpFlow flow = new(Host.Address, 80, Peer.Address, 4000);
        InitialSequence one = new(new SipHash(1, 2));
        InitialSequence other = new(new SipHash(1, 3));
        HandshakeOptions options = new(1460, true, 7, true, true);
        uint cookie = one.MakeCookie(flow, 5, options, 0);
        Assert.True(one.TryReadCookie(flow, 5, cookie, 0, out HandshakeOptions read));
        Assert.Equal(options with { HasTimestamps = false }, read);
        Assert.False(one.TryReadCookie(flow, 6, cookie, 0, out _));
        Assert.False(one.TryReadCookie(flow with { RemotePort = 4001 }, 5, cookie, 0, out _));
        Assert.False(other.TryReadCookie(flow, 5, cookie, 0, out _));
        Assert.True(one.TryReadCookie(flow, 5, cookie, 100_000_000_000, out _));
        Assert.False(one.TryReadCookie(flow, 5, cookie, InitialSequence.CookieLifetimeNanoseconds, out _));

        // RFC 6528 §3: the clock runs at 250 kHz, whichever side opens.
        Assert.Equal(250_000u, one.Make(flow, 1_000_000_000) - one.Make(flow, 0));
    }
}
