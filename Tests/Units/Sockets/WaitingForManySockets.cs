using System.Collections.Generic;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class WaitingForManySockets
{
    private readonly SocketRig _rig = new(blockLimit: 2048);
    private readonly SocketReady[] _ready = new SocketReady[SocketLimits.ReadySockets];

    [Fact]
    public void EachChangeIsReportedOnce()
    {
        Handle<TrackedObjects.Socket> socket = Settled(out uint block);
        Assert.Equal(0u, _rig.Sockets.WaitReady(_ready, 0).Value);
        _rig.Stack.Arrive(block, "a"u8);
        Assert.Equal(1u, _rig.Sockets.WaitReady(_ready, 0).Value);
        Assert.Equal(new SocketReady(socket, SocketEvents.Readable), _ready[0]);
        Assert.Equal(0u, _rig.Sockets.WaitReady(_ready, 0).Value);
        _rig.Stack.Arrive(block, "b"u8);
        Assert.Equal(1u, _rig.Sockets.WaitReady(_ready, 0).Value);
    }

    [Fact]
    public void WhatDoesNotHoldAnyMoreIsNotReported()
    {
        Handle<TrackedObjects.Socket> socket = Settled(out uint block);
        _rig.Stack.Arrive(block, "a"u8);
        _rig.Sockets.Receive(socket, new byte[8], 0);
        Assert.Equal(0u, _rig.Sockets.WaitReady(_ready, 0).Value);
    }

    [Fact]
    public void RoomIsReportedOnlyToWhoMissedIt()
    {
        Handle<TrackedObjects.Socket> socket = Settled(out uint block);
        _rig.Sockets.Send(socket, new byte[100], 0);
        _rig.Stack.Take(block);
        Assert.Equal(0u, _rig.Sockets.WaitReady(_ready, 0).Value);
        while (_rig.Sockets.Send(socket, new byte[10_000], 0).Succeeded)
        {
        }

        _rig.Stack.Take(block);
        Assert.Equal(1u, _rig.Sockets.WaitReady(_ready, 0).Value);
        Assert.Equal(new SocketReady(socket, SocketEvents.Writable), _ready[0]);
    }

    [Fact]
    public void ConnectingWithoutWaitingEndsInAnEvent()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out _);
        Assert.Equal(1u, _rig.Sockets.WaitReady(_ready, 0).Value);
        Assert.Equal(new SocketReady(socket, SocketEvents.Writable), _ready[0]);
    }

    [Fact]
    public void EndsAreEvents()
    {
        Settled(out uint ended);
        Settled(out uint broken);
        _rig.Stack.End(ended);
        _rig.Stack.Commit(broken, ConnectionState.Closed, ConnectionError.Reset);
        Assert.Equal(2u, _rig.Sockets.WaitReady(_ready, 0).Value);
        Assert.True(_ready[0].Events.HasFlag(SocketEvents.PeerClosed | SocketEvents.Readable));
        Assert.False(_ready[0].Events.HasFlag(SocketEvents.Error));
        Assert.True(_ready[1].Events.HasFlag(SocketEvents.Error | SocketEvents.Readable | SocketEvents.Writable));
    }

    [Fact]
    public void AWaitEndsWithTheFirstChangeOrInTime()
    {
        Settled(out uint block);
        Assert.Equal(0u, _rig.Sockets.WaitReady(_ready, 1000).Value);
        _rig.WhileWaiting = () => _rig.Stack.Arrive(block, "a"u8);
        Assert.Equal(1u, _rig.Sockets.WaitReady(_ready, SocketRig.Forever).Value);
        _rig.WhileWaiting = null;
        _rig.IsStopping = true;
        Assert.Equal(CallStatus.Cancelled, _rig.Sockets.WaitReady(_ready, SocketRig.Forever).Status);
    }

    [Fact]
    public void ASocketThatIsClosedIsNotReported()
    {
        Handle<TrackedObjects.Socket> first = Settled(out uint firstBlock);
        Handle<TrackedObjects.Socket> second = Settled(out uint secondBlock);
        Handle<TrackedObjects.Socket> third = Settled(out uint thirdBlock);
        foreach (uint block in (uint[])[firstBlock, secondBlock, thirdBlock])
        {
            _rig.Stack.Arrive(block, "a"u8);
        }

        _rig.Sockets.Close(second);
        Assert.Equal(2u, _rig.Sockets.WaitReady(_ready, 0).Value);
        Assert.Equal(first, _ready[0].Socket);
        Assert.Equal(third, _ready[1].Socket);
        _rig.Stack.Arrive(firstBlock, "a"u8);
        _rig.Sockets.Close(first);
        Assert.Equal(0u, _rig.Sockets.WaitReady(_ready, 0).Value);
    }

    [Fact]
    public void OneLoopServesAThousandConnections()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80, 1024);
        for (ushort port = 1; port <= 1000; port++)
        {
            uint block = _rig.Stack.Connect(80, port);
            _rig.Stack.Arrive(block, [(byte)port]);
        }

        HashSet<Handle<TrackedObjects.Socket>> served = [];
        byte[] buffer = new byte[16];
        while (_rig.Sockets.WaitReady(_ready, 0).Value is uint count && count != 0)
        {
            for (int index = 0; index < count; index++)
            {
                Handle<TrackedObjects.Socket> socket = _ready[index].Socket;
                if (socket == listener)
                {
                    while (_rig.Sockets.Accept(listener, 0).Succeeded)
                    {
                    }
                }
                else if (_rig.Sockets.Receive(socket, buffer, 0).Succeeded)
                {
                    Assert.True(served.Add(socket));
                    _rig.Sockets.Close(socket);
                }
            }
        }

        Assert.Equal(1000, served.Count);
    }

    private Handle<TrackedObjects.Socket> Settled(out uint block)
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out block);
        _rig.Sockets.WaitReady(_ready, 0);
        return socket;
    }
}
