using System;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>What may be given to the next instance although the last one died with it.</summary>
public sealed class FramesGivenTwice
{
    private const byte Synchronize = 0x02;
    private const byte Acknowledgement = 0x10;

    private bool _isDeadly;

    // A stack that died with the first segments of three connections cost their users two and a half seconds: the peer repeats them late.
    [Theory]
    [InlineData(DeathPoint.BeforeTheWork)]
    [InlineData(DeathPoint.AfterTheWork)]
    public void SegmentsThatTheStackDiedWithGoToTheNextOne(DeathPoint death)
    {
        NetworkRig rig = Rig(death);
        Receive(rig, [TcpFrames.Make(Synchronize, 1), NetworkRig.Frame(7), TcpFrames.Make(Synchronize, 2), NetworkRig.Frame(8)]);
        Replace(rig);
        rig.Received.Clear();
        rig.Shadow.Pump();

        Assert.Equal([TcpFrames.Make(Synchronize, 1), TcpFrames.Make(Synchronize, 2)], rig.Received);
        Assert.Equal(2ul, rig.Shadow.GetShadowStatistics().ReceiveLost);
    }

    [Fact]
    public void TheyComeBeforeThoseThatArrivedLater()
    {
        NetworkRig rig = Rig(DeathPoint.BeforeTheWork);
        Receive(rig, [NetworkRig.Frame(7), TcpFrames.Make(Synchronize, 1)]);
        rig.KillStack();
        _isDeadly = false;
        Receive(rig, [TcpFrames.Make(Synchronize, 2), NetworkRig.Frame(8)]);
        rig.StartStack();
        rig.Shadow.Pump();

        Assert.Equal([TcpFrames.Make(Synchronize, 1), TcpFrames.Make(Synchronize, 2), NetworkRig.Frame(8)], rig.Received);
    }

    // Trials tcpip 5, 17 and 25 of seed 1: the stack took three connection requests, said nothing, and was replaced for it.
    [Fact]
    public void RequestsThatTheStackLeftUnansweredGoToTheNextOne()
    {
        NetworkRig rig = new NetworkRig().Boot();
        Receive(rig, [TcpFrames.Make(Synchronize, 1), TcpFrames.Make(Synchronize, 2)]);
        rig.Received.Clear();
        Replace(rig);
        rig.Shadow.Pump();
        Assert.Equal([TcpFrames.Make(Synchronize, 1), TcpFrames.Make(Synchronize, 2)], rig.Received);

        rig.Received.Clear();
        Replace(rig);
        rig.Shadow.Pump();
        Assert.Empty(rig.Received);
    }

    [Fact]
    public void RequestsThatWereAnsweredDoNot()
    {
        NetworkRig rig = new NetworkRig().Boot();
        Receive(rig, [TcpFrames.Make(Synchronize, 1)]);
        rig.Send(TcpFrames.MakeAnswer(Synchronize | Acknowledgement));
        rig.Received.Clear();
        Replace(rig);
        rig.Shadow.Pump();
        Assert.Empty(rig.Received);
    }

    [Fact]
    public void ASegmentThatKillsIsNotGivenToAThird()
    {
        NetworkRig rig = Rig(DeathPoint.BeforeTheWork);
        Receive(rig, [TcpFrames.Make(Synchronize)]);
        Replace(rig);
        _isDeadly = true;
        rig.Shadow.Pump();
        Replace(rig);
        rig.Shadow.Pump();

        Assert.Empty(rig.Received);
        Assert.Equal((0, 1ul), (rig.Shadow.GetShadowStatistics().ReceiveQueued, rig.Shadow.GetShadowStatistics().ReceiveLost));
    }

    [Fact]
    public void ADamagedSegmentIsNotRepeated()
    {
        NetworkRig rig = Rig(DeathPoint.BeforeTheWork);
        byte[] damaged = TcpFrames.Make(Synchronize);
        damaged[^1] ^= 1;
        Receive(rig, [damaged]);
        Replace(rig);
        rig.Shadow.Pump();

        Assert.Empty(rig.Received);
    }

    // Its calls are deadly from here on.
    private NetworkRig Rig(DeathPoint death)
    {
        NetworkRig rig = new(stackCall: () => _isDeadly ? death : DeathPoint.None);
        rig.Boot();
        _isDeadly = true;
        return rig;
    }

    private void Replace(NetworkRig rig)
    {
        rig.KillStack();
        _isDeadly = false;
        rig.StartStack();
    }

    private static void Receive(NetworkRig rig, byte[][] frames)
    {
        byte[] batch = new byte[frames.Sum(frame => frame.Length + 2)];
        int used = 0;
        Assert.All(frames, frame => Assert.True(PacketBatch.TryAppend(batch, ref used, frame)));
        rig.Driver.Arrived = batch[..used];
        rig.Interrupt();
        rig.Shadow.Pump();
    }
}
