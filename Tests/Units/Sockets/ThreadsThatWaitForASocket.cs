using System;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class ThreadsThatWaitForASocket
{
    private const int Segment = 1000;

    private readonly SocketRig _rig = new();
    private readonly SocketReady[] _ready = new SocketReady[SocketLimits.ReadySockets];
    private readonly Handle<TrackedObjects.Socket> _socket;
    private readonly uint _block;

    public ThreadsThatWaitForASocket()
    {
        _rig.Blocks.IsLarge = true;
        _socket = _rig.Connect(out _block);
        _rig.Sockets.WaitReady(_ready, 0);
    }

    [Fact]
    public void TakeWhatArrivesSoThatNobodyElseIsToldOfIt()
    {
        _rig.WhileWaiting = () => _rig.Stack.Arrive(_block, new byte[Segment]);
        Assert.Equal((uint)Segment, _rig.Sockets.Receive(_socket, new byte[Segment], SocketRig.Forever).Value);
        Assert.Equal(0u, _rig.Sockets.WaitReady(_ready, 0).Value);
    }

    [Fact]
    public void AreNotTheOnlyOnesToldOfTheEnd()
    {
        _rig.WhileWaiting = () => _rig.Stack.End(_block);
        Assert.Equal(0u, _rig.Sockets.Receive(_socket, new byte[Segment], SocketRig.Forever).Value);
        Assert.Equal(1u, _rig.Sockets.WaitReady(_ready, 0).Value);
        Assert.True((_ready[0].Events & SocketEvents.PeerClosed) != 0);
    }

    [Fact]
    public void GetWhatCameAsTheTimeRanOut()
    {
        // Told to the one that waited, it would be told to nobody any more.
        _rig.WhileWaiting = () =>
        {
            _rig.Stack.Arrive(_block, new byte[Segment]);
            _rig.Clock.Advance(2);
        };
        Assert.Equal((uint)Segment, _rig.Sockets.Receive(_socket, new byte[Segment], 1).Value);
    }

    [Fact]
    public void SendersAreWokenOnceThereIsRoomForMuch()
    {
        int ring = _rig.Block(_block).SendRing.Length;
        Assert.Equal((uint)ring, _rig.Sockets.Send(_socket, new byte[ring + 1], 0).Value);
        int waits = 0;
        _rig.WhileWaiting = () =>
        {
            // An acknowledgment for each hundredth of it.
            while (++waits <= 50)
            {
                _rig.Stack.Acknowledge(_block, ring / 100);
            }

            _rig.Stack.Acknowledge(_block, ring / 100);
        };
        uint sent = _rig.Sockets.Send(_socket, new byte[ring], SocketRig.Forever).Value;
        Assert.InRange(sent, (uint)(ring / 2), (uint)ring);
    }

    [Fact]
    public void ALoopIsToldOfRoomOnceThereIsMuch()
    {
        int ring = _rig.Block(_block).SendRing.Length;
        _rig.Sockets.Send(_socket, new byte[ring + 1], 0);
        _rig.Stack.Acknowledge(_block, (ring / 2) - 1);
        Assert.Equal(0u, _rig.Sockets.WaitReady(_ready, 0).Value);
        _rig.Stack.Acknowledge(_block, 1);
        Assert.Equal(1u, _rig.Sockets.WaitReady(_ready, 0).Value);
    }
}
