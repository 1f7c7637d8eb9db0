using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

public class Endings : OnePeer
{
    [Fact]
    public void BothMayFinishAtOnce()
    {
        // RFC 9293 §3.6, figure 13.
        TcpSocket socket = Peer.Connect();
        socket.Finish();
        RunMilliseconds(5);
        Assert.True(Peer.Last.Has(TcpFlags.Finish));
        Peer.Send(TcpFlags.Finish | TcpFlags.Acknowledge, 0, 0);
        Assert.Equal(ConnectionState.Closing, socket.State);
        Assert.Equal(1, Peer.AcknowledgedBy(Peer.Last));
        Peer.Send(TcpFlags.Acknowledge, 1, 1);
        Assert.True(socket.IsClosed);
        Assert.Equal(1, Host.Tcp.WaitingConnections);
    }

    [Fact]
    public void TheLastAcknowledgmentIsRepeatedForAMinute()
    {
        TcpSocket socket = Peer.Connect();
        socket.Finish();
        RunMilliseconds(5);
        Peer.Send(TcpFlags.Finish | TcpFlags.Acknowledge, 0, 1);
        Assert.True(socket.IsClosed);
        Peer.Received.Clear();
        Peer.Send(TcpFlags.Finish | TcpFlags.Acknowledge, 0, 1);
        Assert.Equal((TcpFlags.Acknowledge, 1), (Peer.Last.Header.Flags, Peer.AcknowledgedBy(Peer.Last)));

        // RFC 1337: neither a reset nor an old segment ends the wait.
        Peer.Send(TcpFlags.Reset, 1);
        Peer.Send(TcpFlags.Acknowledge, -100, 1);
        Assert.Equal(1, Host.Tcp.WaitingConnections);
        Link.Run(TcpParameters.TimeWait + TcpLink.Second);
        Peer.Send(TcpFlags.Finish | TcpFlags.Acknowledge, 0, 1);
        Assert.True(Peer.Last.Has(TcpFlags.Reset));
    }

    [Fact]
    public void ANewConnectionMayTakeThePlaceOfOneThatWaits()
    {
        // RFC 9293 §3.6.1: if its number is beyond the old one's.
        TcpSocket socket = Peer.Connect();
        socket.Finish();
        RunMilliseconds(5);
        Peer.Send(TcpFlags.Finish | TcpFlags.Acknowledge, 0, 1);
        Peer.Send(TcpFlags.Synchronize, -100);
        Assert.Equal(TcpFlags.Acknowledge, Peer.Last.Header.Flags);
        Peer.InitialSequence += 100_000;
        Peer.Connect();
        Assert.Equal(0, Host.Tcp.WaitingConnections);
    }

    [Fact]
    public void AFinishBeforeMissingDataIsRemembered()
    {
        TcpSocket socket = Peer.Connect();
        Peer.Send(TcpFlags.Finish | TcpFlags.Acknowledge, 3, 0, [4, 5]);
        Assert.Equal(ConnectionState.Established, socket.State);
        Peer.Send(TcpFlags.Acknowledge, 0, 0, [1, 2, 3]);
        Assert.Equal(ConnectionState.CloseWait, socket.State);
        Assert.Equal([1, 2, 3, 4, 5], socket.Receive());
        Assert.Equal(6, Peer.AcknowledgedBy(Peer.Last));
    }

    [Fact]
    public void DataForAnApplicationThatHasGoneIsReset()
    {
        // RFC 2525 §2.17.
        TcpSocket socket = Peer.Connect();
        socket.Close();
        RunMilliseconds(5);
        Peer.Send(TcpFlags.Acknowledge, 0, 1, [1]);
        Assert.True(Peer.Last.Has(TcpFlags.Reset));
        Assert.True(socket.IsClosed);
    }

    [Fact]
    public void SoIsDataThatItLeftBehind()
    {
        TcpSocket socket = Peer.Connect();
        Peer.Send(TcpFlags.Acknowledge, 0, 0, [1]);
        socket.Close();
        RunMilliseconds(5);
        Assert.True(Peer.Last.Has(TcpFlags.Reset));
        Assert.True(socket.IsClosed);
    }

    [Fact]
    public void APeerThatNeverFinishesIsNotWaitedForIfNobodyIsThere()
    {
        TcpSocket socket = Peer.Connect();
        socket.Close();
        RunMilliseconds(5);
        Peer.Send(TcpFlags.Acknowledge, 0, 1);
        Assert.Equal(ConnectionState.FinWait2, socket.State);
        Link.Run(TcpParameters.FinWait2 + TcpLink.Second);
        Assert.True(socket.IsClosed);
    }

    [Fact]
    public void AFinishWaitsForNoWindow()
    {
        Peer.Window = 0;
        TcpSocket socket = Peer.Connect();
        socket.Finish();
        RunMilliseconds(5);
        Assert.True(Peer.Last.Has(TcpFlags.Finish));
    }

    [Fact]
    public void AnAbortIsAReset()
    {
        TcpSocket socket = Peer.Connect();
        socket.Send([1, 2, 3]);
        socket.Abort();
        RunMilliseconds(5);
        Assert.True(Peer.Last.Has(TcpFlags.Reset));
        Assert.True(socket.IsClosed);
        Assert.Equal(0, Host.Tcp.Connections);
    }

    [Fact]
    public void AConnectionThatEndsWhileItWaitsForRoomSendsNothing()
    {
        // It was to tell its peer how far it was, out of a block that somebody else had, or nobody.
        TcpSocket socket = Peer.Connect();
        Host.IsReady = false;
        Host.Tcp.Resume(Link.Now);
        Host.Receive(Peer.Make(TcpFlags.Reset));
        Assert.True(socket.IsClosed);
        Host.Memory.Free(socket.Block);
        Host.IsReady = true;
        RunMilliseconds(100);
        Assert.Empty(Peer.Received);
    }

    [Fact]
    public void AResetThatIsLostIsRepeated()
    {
        // A server had died in the middle of a download, and its client, who had nothing to send, waited as long as it had patience.
        TwoHosts hosts = new();
        hosts.Transfer(hosts.Remote, hosts.Local, TwoHosts.Bytes(10_000));
        Assert.True(hosts.Link.RunUntil(() => hosts.Remote.Unacknowledged == 0));
        int lost = 0;
        hosts.Link.Filter = packet => packet.Has(TcpFlags.Reset) && lost++ < TcpParameters.ResetRepetitions;
        hosts.Remote.Abort();
        Assert.True(hosts.Link.RunUntil(() => hosts.Local.IsClosed));
        Assert.Equal(ConnectionError.Reset, hosts.Local.Error);
    }

    [Fact]
    public void AResetIsNotRepeatedForEver()
    {
        TcpSocket socket = Peer.Connect();
        socket.Abort();
        RunMilliseconds(60_000);
        Assert.Equal(1 + TcpParameters.ResetRepetitions, Peer.Received.Count(packet => packet.Has(TcpFlags.Reset)));
    }

    [Fact]
    public void AResetIsNotRepeatedOnceTheTwoHaveBegunAnew()
    {
        Peer.Connect().Abort();
        RunMilliseconds(5);
        Peer.InitialSequence += 100_000;
        TcpSocket socket = Peer.Connect();
        RunMilliseconds(60_000);
        Assert.DoesNotContain(Peer.Received, packet => packet.Has(TcpFlags.Reset));
        Assert.True(socket.IsEstablished);
    }

    [Fact]
    public void TheTableOfThoseThatWaitDoesNotGrow()
    {
        for (int count = 0; count < TimeWaitTable.Capacity + 50; count++)
        {
            Peer.InitialSequence += 100_000;
            TcpSocket socket = Peer.Connect();
            socket.Finish();
            RunMilliseconds(3);
            Peer.Send(TcpFlags.Finish | TcpFlags.Acknowledge, 0, 1);
            Host.Memory.Free(socket.Block);
        }

        Assert.InRange(Host.Tcp.WaitingConnections, 1, TimeWaitTable.Capacity);
    }
}
