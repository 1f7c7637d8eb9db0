using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>Connections whose application has gone and left something for the peer.</summary>
public class Orphans : OnePeer
{
    [Fact]
    public void APeerThatKeepsItsWindowClosedDoesNotHoldTheBuffersForEver()
    {
        // It asks for something with a closed window and answers every probe (RFC 6429): thousands of such connections held all memory.
        TcpSocket socket = Peer.Connect();
        Peer.Window = 0;
        Peer.Send(TcpFlags.Acknowledge, 0, 0);
        socket.Send(TwoHosts.Bytes(100));
        socket.Finish();
        socket.Close();
        for (int second = 0; second < 200 && !socket.IsClosed; second++)
        {
            Peer.Send(TcpFlags.Acknowledge, 0, 0);
            Link.Run(TcpLink.Second);
        }

        Assert.True(socket.IsClosed);
        Assert.Contains(Peer.Received, packet => packet.Has(TcpFlags.Reset));
        Assert.Equal(0, Host.Tcp.Connections);
    }

    [Fact]
    public void NorDoesOneThatTakesAnOctetNowAndThen()
    {
        TcpSocket socket = Peer.Connect();
        Peer.Window = 0;
        Peer.Send(TcpFlags.Acknowledge, 0, 0);
        socket.Send(TwoHosts.Bytes(10_000));
        socket.Finish();
        socket.Close();
        int taken = 0;
        for (int second = 0; second < 200 && !socket.IsClosed; second++)
        {
            Peer.Window = 1;
            Peer.Send(TcpFlags.Acknowledge, 0, taken);
            Link.Run(TcpLink.Second);
            taken++;
        }

        Assert.True(socket.IsClosed);
    }

    [Fact]
    public void ASlowPeerGetsEverything()
    {
        // 200 octets a second: twice as slow would be too slow.
        const int Total = 30_000;
        const int Rate = 200;

        TcpSocket socket = Peer.Connect();
        Peer.Window = 0;
        Peer.Send(TcpFlags.Acknowledge, 0, 0);
        socket.Send(TwoHosts.Bytes(Total));
        socket.Finish();
        socket.Close();
        for (int taken = 0; taken < Total; taken += Rate)
        {
            Assert.False(socket.IsClosed);
            Peer.Window = Rate;
            Peer.Send(TcpFlags.Acknowledge, 0, taken);
            Link.Run(TcpLink.Second);
        }

        Peer.Send(TcpFlags.Acknowledge, 0, Total);
        Link.Run(TcpLink.Second);
        Assert.True(Peer.Last.Has(TcpFlags.Finish));
        Assert.DoesNotContain(Peer.Received, packet => packet.Has(TcpFlags.Reset));
    }
}
