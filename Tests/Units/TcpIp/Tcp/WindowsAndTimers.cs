using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

public class WindowsAndTimers : OnePeer
{
    private const int Segment = TcpParameters.DefaultSegmentBytes;

    [Fact]
    public void SmallSegmentsWaitForEachOther()
    {
        // Nagle's algorithm, RFC 9293 §3.7.4.
        TcpSocket socket = Peer.Connect();
        for (byte value = 0; value < 10; value++)
        {
            socket.Send([value]);
            RunMilliseconds(1);
        }

        RunMilliseconds(5);
        Assert.Equal([0], Peer.ReceivedData());
        Peer.Send(TcpFlags.Acknowledge, 0, 1);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], Peer.ReceivedData());
        Assert.Equal(2, Peer.Received.Count(packet => packet.Data.Length != 0));
    }

    [Fact]
    public void UnlessTheApplicationMinds()
    {
        TcpSocket socket = Peer.Connect();
        socket.Set(ConnectionOptions.NoDelay);
        for (byte value = 0; value < 10; value++)
        {
            socket.Send([value]);
            RunMilliseconds(1);
        }

        RunMilliseconds(5);
        Assert.Equal(10, Peer.Received.Count);
    }

    [Fact]
    public void OneSegmentIsAcknowledgedLateAndTwoAtOnce()
    {
        // But the first ones without delay, since a peer that begins sends one and waits.
        Peer.Connect();
        int position = 0;
        for (; position < TcpParameters.QuickAcknowledgments * Segment; position += Segment)
        {
            Peer.Send(TcpFlags.Acknowledge, position, 0, TwoHosts.Bytes(Segment));
            Assert.Equal(position + Segment, Peer.AcknowledgedBy(Peer.Last));
        }

        Peer.Received.Clear();
        Peer.Send(TcpFlags.Acknowledge, position, 0, TwoHosts.Bytes(Segment));
        Assert.Empty(Peer.Received);
        RunMilliseconds(60);
        Assert.Equal(position + Segment, Peer.AcknowledgedBy(Assert.Single(Peer.Received)));
        Peer.Send(TcpFlags.Acknowledge, position + Segment, 0, TwoHosts.Bytes(Segment));
        Peer.Send(TcpFlags.Acknowledge, position + (2 * Segment), 0, TwoHosts.Bytes(Segment));
        Assert.Equal(position + (3 * Segment), Peer.AcknowledgedBy(Peer.Last));
        Assert.Equal(2, Peer.Received.Count);
    }

    [Fact]
    public void ABatchIsAcknowledgedOnce()
    {
        Peer.Connect();
        for (int index = 0; index < 20; index++)
        {
            Link.Send(Peer.Make(TcpFlags.Acknowledge, index * Segment, 0, TwoHosts.Bytes(Segment)));
        }

        Link.BatchPackets = 64;
        RunMilliseconds(3);
        Assert.Equal(20 * Segment, Peer.AcknowledgedBy(Assert.Single(Peer.Received)));
        Assert.Equal(1, Host.Signals - 1);
    }

    [Fact]
    public void EachSegmentBeyondAGapIsAnsweredAtOnce()
    {
        TcpSocket socket = Peer.Connect(ScriptedPeer.WithSack);
        for (int index = 1; index < 4; index++)
        {
            Link.Send(Peer.Make(TcpFlags.Acknowledge, index * 2 * Segment, 0, TwoHosts.Bytes(Segment, index)));
        }

        RunMilliseconds(3);
        Assert.Equal([0, 0, 0], Peer.Received.Select(Peer.AcknowledgedBy));
        Assert.Equal([1, 2, 3], Peer.Received.Select(packet => packet.Options.SackBlocks));

        // RFC 2018 §4: the block that changed last comes first.
        SackBlock first = Peer.Last.Options.GetSack(0);
        Assert.Equal((uint)(6 * Segment), first.Left - Peer.InitialSequence - 1);
        Peer.Send(TcpFlags.Acknowledge, 0, 0, TwoHosts.Bytes(2 * Segment));
        Assert.Equal(3 * Segment, Peer.AcknowledgedBy(Peer.Last));
        Assert.Equal(3 * Segment, socket.Readable);
    }

    [Fact]
    public void AClosedWindowIsProbed()
    {
        // RFC 9293 §3.8.6.1: ever more rarely, and as long as the peer answers.
        TcpSocket socket = SendIntoAClosedWindow();
        Assert.True(socket.IsEstablished);
        OpenWindow();
        Assert.Equal([1, 2, 3], Peer.ReceivedData());
    }

    [Fact]
    public void AWindowThatOpensEndsTheCountOfProbes()
    {
        // Probes counted as repetitions: who opened its window after thirteen of them and was gone was sent to for ever, and the first time
        // a minute later; after twelve it was given up without any.
        TcpSocket socket = SendIntoAClosedWindow();
        OpenWindow();
        Assert.True(Link.RunUntil(() => Peer.Received.Count > 1, 2 * TcpLink.Second));
        Assert.True(Link.RunUntil(() => socket.IsClosed, 1000 * TcpLink.Second));
        Assert.Equal(ConnectionError.TimedOut, socket.Error);
    }

    [Fact]
    public void AnOpenedWindowIsToldOnlyIfItIsWorthIt()
    {
        // RFC 9293 §3.8.6.2.2.
        TcpSocket socket = Peer.Connect();
        for (int position = 0; position < ConnectionBlock.SmallRingBytes; position += 512)
        {
            Peer.Send(TcpFlags.Acknowledge, position, 0, new byte[512]);
        }

        Assert.Equal(0, Peer.Last.Header.Window);
        Peer.Received.Clear();
        socket.Receive(100);
        RunMilliseconds(100);
        Assert.Empty(Peer.Received);
        Peer.Send(TcpFlags.Acknowledge, ConnectionBlock.SmallRingBytes, 0, [1]);
        RunMilliseconds(60);
        Assert.Equal((0, ConnectionBlock.SmallRingBytes + 1), (Peer.Last.Header.Window, Peer.AcknowledgedBy(Peer.Last)));
        socket.Receive(2000);
        RunMilliseconds(5);
        Assert.Equal(2099, Peer.Last.Header.Window);
    }

    [Fact]
    public void TimeoutsDoubleUntilThePeerIsGivenUp()
    {
        TcpSocket socket = Peer.Connect();
        socket.Send(TwoHosts.Bytes(100));
        Assert.True(Link.RunUntil(() => socket.IsClosed, 1000 * TcpLink.Second));
        RunMilliseconds(5);
        Assert.Equal(ConnectionError.TimedOut, socket.Error);
        Assert.Equal(2 + TcpParameters.MaximumRetransmissions, Peer.Received.Count);
        Assert.True(Peer.Last.Has(TcpFlags.Reset));
    }

    [Fact]
    public void AnIdlePeerIsProbedIfTheApplicationWantsIt()
    {
        // RFC 9293 §3.8.4.
        TcpSocket socket = Peer.Connect();
        socket.Set(ConnectionOptions.KeepAlive);
        Link.Run(TcpParameters.KeepAliveIdle + TcpLink.Second);
        Packet probe = Assert.Single(Peer.Received);
        Assert.Equal((-1, 0), (Peer.PositionOf(probe), probe.Data.Length));
        Peer.Send(TcpFlags.Acknowledge);
        Peer.Received.Clear();
        Link.Run(TcpParameters.KeepAliveIdle + ((TcpParameters.KeepAliveProbes + 1) * TcpParameters.KeepAliveInterval));
        Assert.Equal((ConnectionState.Closed, ConnectionError.TimedOut), (socket.State, socket.Error));
        Assert.Equal(TcpParameters.KeepAliveProbes, Peer.Received.Count(packet => !packet.Has(TcpFlags.Reset)));
        Assert.True(Peer.Last.Has(TcpFlags.Reset));
    }

    [Fact]
    public void OldTimestampsAreRefused()
    {
        // PAWS, RFC 7323 §5.
        Peer.Timestamps = (1000, 0);
        TcpSocket socket = Peer.Connect();
        Peer.Timestamps = (1010, 0);
        Peer.Send(TcpFlags.Acknowledge, 0, 0, [1]);
        Peer.Timestamps = (1005, 0);
        Peer.Send(TcpFlags.Acknowledge, 1, 0, [9]);
        Assert.Equal([1], socket.Receive());
        Assert.Equal(1010u, Peer.Last.Options.TimestampEcho);
        Peer.Timestamps = null;
        Peer.Send(TcpFlags.Acknowledge, 1, 0, [9]);
        Assert.Equal(0, socket.Readable);
        Peer.Timestamps = (1010, 0);
        Peer.Send(TcpFlags.Acknowledge, 1, 0, [2]);
        Assert.Equal([2], socket.Receive());
    }

    // Three bytes, of which the first is asked about twenty times.
    private TcpSocket SendIntoAClosedWindow()
    {
        Peer.Window = 0;
        TcpSocket socket = Peer.Connect();
        socket.Send([1, 2, 3]);
        for (int probe = 0; probe < 20; probe++)
        {
            int before = Peer.Received.Count;
            Assert.True(Link.RunUntil(() => Peer.Received.Count > before, 61 * TcpLink.Second));
            Assert.Equal([1], Peer.Last.Data);
            Peer.Send(TcpFlags.Acknowledge);
        }

        return socket;
    }

    private void OpenWindow()
    {
        Peer.Received.Clear();
        Peer.Window = 1000;
        Peer.Send(TcpFlags.Acknowledge);
    }
}
