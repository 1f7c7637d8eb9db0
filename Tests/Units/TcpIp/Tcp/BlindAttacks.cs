using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>RFC 5961: what somebody may achieve who knows the ends of a connection and not its numbers.</summary>
public class BlindAttacks : OnePeer
{
    private readonly TcpSocket _socket;

    public BlindAttacks() => _socket = Peer.Connect();

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(30_000)]
    public void AResetInTheWindowIsAskedAbout(int position)
    {
        Peer.Send(TcpFlags.Reset, position);
        Assert.True(_socket.IsEstablished);
        Assert.Equal((TcpFlags.Acknowledge, 0), (Peer.Last.Header.Flags, Peer.AcknowledgedBy(Peer.Last)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(40_000)]
    public void AResetOutsideOfItIsNoticedByNobody(int position)
    {
        Peer.Send(TcpFlags.Reset, position);
        Assert.True(_socket.IsEstablished);
        Assert.Empty(Peer.Received);
    }

    [Fact]
    public void AResetWithTheNextNumberIsBelieved()
    {
        Peer.Send(TcpFlags.Reset);
        Assert.Equal((ConnectionState.Closed, ConnectionError.Reset), (_socket.State, _socket.Error));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(100_000)]
    public void ASynIsAskedAbout(int position)
    {
        Peer.Send(TcpFlags.Synchronize, position);
        Assert.True(_socket.IsEstablished);
        Assert.Equal((TcpFlags.Acknowledge, 0), (Peer.Last.Header.Flags, Peer.AcknowledgedBy(Peer.Last)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-70_000)]
    [InlineData(int.MaxValue)]
    public void DataWithAnImpossibleAcknowledgmentIsDropped(int acknowledged)
    {
        Peer.Send(TcpFlags.Acknowledge, 0, acknowledged, [1, 2, 3]);
        Assert.Equal(0, _socket.Readable);
        Assert.Equal((TcpFlags.Acknowledge, 0), (Peer.Last.Header.Flags, Peer.AcknowledgedBy(Peer.Last)));
    }

    [Fact]
    public void DataWithoutAnAcknowledgmentIsDropped()
    {
        Peer.Send(TcpFlags.Push, 0, 0, [1, 2, 3]);
        Assert.Equal(0, _socket.Readable);
        Assert.Empty(Peer.Received);
    }

    [Fact]
    public void ThereAreOnlySoManyChallengesInASecond()
    {
        for (int count = 0; count < 3000; count++)
        {
            Link.Send(Peer.Make(TcpFlags.Reset, 100));
        }

        RunMilliseconds(100);
        Assert.InRange(Host.Counters.ChallengesSent, 1ul, (ulong)ChallengeLimit.PerConnection);
        Assert.InRange(Peer.Received.Count, 1, ChallengeLimit.PerConnection);
    }

    [Fact]
    public void WhoUsesUpItsChallengesTakesThemFromNobodyElse()
    {
        // One allowance for all connections was used up by one of them, and nobody's probe of an idle connection was answered any more.
        TcpHost client = new(Link, 0x0A00_0001);
        TcpSocket other = client.Connect(Host.Address, TwoHosts.Port);
        Assert.True(Link.RunUntil(() => other.IsEstablished && Host.TryAccept(out _)));
        RunMilliseconds(100);
        Packet last = Link.Sent.FindLast(packet => packet.Source == client.Address)!;
        for (int count = 0; count < 3000; count++)
        {
            Link.Send(Peer.Make(TcpFlags.Reset, 100));
        }

        RunMilliseconds(100);
        Link.Sent.Clear();
        byte[] probe = new byte[TcpHeader.SizeBytes];
        (last.Header with { Sequence = last.Header.Sequence - 1 }).Write(probe, 0, last.Source, last.Destination);
        Link.Send(new Packet(last.Source, last.Destination, probe));
        RunMilliseconds(10);
        Assert.Contains(Link.Sent, packet => packet.Destination == client.Address);
    }

    // Whoever watches the stack takes its silence to such a segment for its death.
    [Fact]
    public void ASynIsAskedAboutHoweverManyChallengesThereWere()
    {
        for (int count = 0; count < 1000; count++)
        {
            Link.Send(Peer.Make(TcpFlags.Reset, 100));
        }

        RunMilliseconds(100);
        Peer.Received.Clear();
        Peer.Send(TcpFlags.Synchronize, 100);
        Assert.Equal((TcpFlags.Acknowledge, 0), (Peer.Last.Header.Flags, Peer.AcknowledgedBy(Peer.Last)));
    }

    [Fact]
    public void ThePeerThatHasBegunAnewIsBelieved()
    {
        // It answers our challenge with a reset, and calls again (RFC 9293 §3.5.1, figure 9).
        Peer.Send(TcpFlags.Synchronize, 5000);
        int challenged = Peer.AcknowledgedBy(Peer.Last);
        Peer.Send(TcpFlags.Reset, challenged);
        Assert.True(_socket.IsClosed);
    }
}
