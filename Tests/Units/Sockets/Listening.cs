using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class Listening
{
    private readonly SocketRig _rig = new();

    [Fact]
    public void TheStackIsToldWhereSomebodyListens()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80, 5);
        Assert.Contains("listen 80 5", _rig.Stack.Events);
        _rig.Sockets.Close(listener);
        _rig.Push();
        Assert.Equal("stop 80", _rig.Stack.Events[^1]);
    }

    [Fact]
    public void AConnectionIsAcceptedOnceTheStackHasCommittedIt()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        AcceptedConnection accepted = _rig.Stack.Host.AcceptConnection(80, 0x0A00_0202, 1234).Value;
        Assert.Equal(ConnectionRequests.Accepted, _rig.Block(accepted.Block).Kernel.Requests);
        Assert.Equal(accepted.Generation, _rig.Block(accepted.Block).Kernel.Generation);
        _rig.Stack.Host.Signal([accepted.Block]);
        Assert.Equal(CallStatus.WouldBlock, _rig.Sockets.Accept(listener, 0).Status);
        _rig.Stack.Commit(accepted.Block, ConnectionState.Established);
        AcceptedSocket socket = _rig.Sockets.Accept(listener, 0).Value;
        Assert.Equal(0x0A00_0202u, socket.RemoteAddress);
        Assert.Equal(1234, socket.RemotePort);
        Assert.Equal(CallStatus.WouldBlock, _rig.Sockets.Accept(listener, 0).Status);
        Assert.Equal(1u, _rig.Sockets.Send(socket.Socket, [1], 0).Value);
    }

    [Fact]
    public void ConnectionsAreAcceptedInOrder()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        for (ushort port = 1; port <= 5; port++)
        {
            _rig.Stack.Connect(80, port);
        }

        for (ushort port = 1; port <= 5; port++)
        {
            Assert.Equal(port, _rig.Sockets.Accept(listener, 0).Value.RemotePort);
        }
    }

    [Fact]
    public void AWaitEndsWhenSomebodyConnects()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        _rig.WhileWaiting = () => _rig.Stack.Connect(80);
        Assert.True(_rig.Sockets.Accept(listener, SocketRig.Forever).Succeeded);
    }

    [Fact]
    public void ABacklogThatIsFullTakesNoMore()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80, 2);
        _rig.Stack.Connect(80, 1);
        Assert.True(_rig.Stack.Host.AcceptConnection(80, 1, 2).Succeeded);
        Assert.Equal(CallStatus.Busy, _rig.Stack.Host.AcceptConnection(80, 1, 3).Status);
        _rig.Sockets.Accept(listener, 0);
        Assert.True(_rig.Stack.Host.AcceptConnection(80, 1, 3).Succeeded);
        Assert.Equal(3, _rig.Blocks.Taken);
    }

    [Fact]
    public void NobodyConnectsWhereNobodyListens()
    {
        Assert.Equal(CallStatus.NotFound, _rig.Stack.Host.AcceptConnection(81, 1, 3).Status);
        Assert.Equal(0, _rig.Blocks.Taken);
    }

    [Fact]
    public void MemoryThatIsShortRefusesTheConnectionAndNothingElse()
    {
        _rig.Listen(80);
        _rig.Blocks.IsShort = true;
        Assert.Equal(CallStatus.OutOfResources, _rig.Stack.Host.AcceptConnection(80, 1, 3).Status);
        _rig.Blocks.IsShort = false;
        Assert.True(_rig.Stack.Host.AcceptConnection(80, 1, 3).Succeeded);
    }

    [Fact]
    public void ConnectionsThatNobodyHasAnyMoreMakeRoom()
    {
        // Peers that never ended what the server had ended held all memory for two minutes, and nobody else got a connection.
        SocketRig rig = new(blockLimit: 2);
        Handle<TrackedObjects.Socket> listener = rig.Listen(80);
        uint first = LeaveOne(rig, listener, 1);
        uint second = LeaveOne(rig, listener, 2);
        rig.Push();
        rig.Stack.Kicked.Clear();
        Assert.Equal(CallStatus.OutOfResources, rig.Stack.Host.AcceptConnection(80, 1, 3).Status);
        rig.Push();
        Assert.Equal(first, Assert.Single(rig.Stack.Kicked));
        Assert.True(rig.Block(first).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
        Assert.False(rig.Block(second).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
        rig.Stack.Commit(first, ConnectionState.Closed);
        Assert.True(rig.Stack.Host.AcceptConnection(80, 1, 3).Succeeded);
    }

    [Fact]
    public void AListenerThatClosesTakesItsConnectionsAlong()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        uint block = _rig.Stack.Connect(80);
        _rig.Sockets.Close(listener);
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
        _rig.Stack.Commit(block, ConnectionState.Closed);
        Assert.Equal(0, _rig.Blocks.Taken);
    }

    [Fact]
    public void AConnectionThatIsCommittedAfterItsListenerHasClosedIsAborted()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        uint block = _rig.Stack.Host.AcceptConnection(80, 1, 1).Value.Block;
        _rig.Sockets.Close(listener);
        _rig.Listen(80);
        _rig.Stack.Commit(block, ConnectionState.Established);
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
        _rig.Stack.Commit(block, ConnectionState.Closed);
        Assert.Equal(0, _rig.Blocks.Taken);
    }

    [Fact]
    public void AConnectionThatEndsBeforeItIsAcceptedIsForgotten()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80, 1);
        uint block = _rig.Stack.Connect(80);
        _rig.Stack.Commit(block, ConnectionState.Closed, ConnectionError.Reset);
        Assert.Equal(0, _rig.Blocks.Taken);
        Assert.Equal(CallStatus.WouldBlock, _rig.Sockets.Accept(listener, 0).Status);
        Assert.True(_rig.Stack.Host.AcceptConnection(80, 1, 3).Succeeded);
    }

    [Fact]
    public void APortBelongsToOne()
    {
        _rig.Listen(80);
        Assert.Equal(CallStatus.AddressInUse, _rig.Sockets.Bind(_rig.Create(), 0, 80).Status);
    }

    [Fact]
    public void AConnectionThatItsOwnerCannotHoldIsAborted()
    {
        _rig.StartApplication(quotas: new ObjectQuotas(1, 1 << 20));
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        uint block = _rig.Stack.Connect(80);
        Assert.Equal(CallStatus.OutOfResources, _rig.Sockets.Accept(listener, 0).Status);
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
    }

    [Fact]
    public void AConnectionThatEndsWhileItIsAcceptedBelongsToWhoAcceptsIt()
    {
        Handle<TrackedObjects.Socket> handle = _rig.Listen(80);
        uint block = _rig.Stack.Connect(80, 1);
        Assert.True(_rig.Objects.TryResolve(handle, out Socket listener));
        AcceptCall call = new(listener);
        Assert.Equal(CallStatus.Ok, _rig.Shadow.Calls.Run(ref call, 0));

        // The network thread runs between the two halves of the accept, and the memory must not go to somebody else.
        _rig.Stack.Commit(block, ConnectionState.Closed, ConnectionError.Reset);
        _rig.Shadow.Tick(_rig.Clock.NowNanoseconds);
        Assert.NotEqual(block, _rig.Stack.Connect(80, 2));
        Socket accepted = new(_rig.Shadow, listener.Owner, SocketKind.Stream);
        Handle<TrackedObjects.Socket> held = _rig.Objects.Add<TrackedObjects.Socket>(accepted).Value;
        _rig.Shadow.Use.Give(call.Accepted!, accepted);
        Assert.Equal(CallStatus.ConnectionReset, _rig.Sockets.Receive(held, new byte[1], 0).Status);
        _rig.Sockets.Close(held);
        Assert.Equal(1, _rig.Blocks.Taken);
    }

    [Fact]
    public void WhatArrivedBeforeTheAcceptIsReported()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        _rig.Stack.Arrive(_rig.Stack.Connect(80), "GET"u8);
        Handle<TrackedObjects.Socket> socket = _rig.Sockets.Accept(listener, 0).Value.Socket;
        SocketReady[] ready = new SocketReady[4];
        Assert.Equal(1u, _rig.Sockets.WaitReady(ready, 0).Value);
        Assert.Equal(new SocketReady(socket, SocketEvents.Readable), ready[0]);
    }

    [Fact]
    public void TheTableNamesEverything()
    {
        _rig.Listen(80);
        _rig.Stack.Connect(80, 1234);
        _rig.Sockets.Bind(_rig.Create(SocketKind.Datagram), 0, 53);
        Assert.Collection(
            _rig.Shadow.Describe(),
            row => Assert.Equal(new SocketRow(SocketKind.Stream, "application", "listening", 0, 80, 0, 0, 0, 1), row),
            row => Assert.Equal(
                new SocketRow(SocketKind.Stream, "", "established", 0x0A00_020F, 80, 0x0A00_0202, 1234, 0, 0), row),
            row => Assert.Equal(new SocketRow(SocketKind.Datagram, "application", "open", 0, 53, 0, 0, 0, 0), row));
    }

    private static uint LeaveOne(SocketRig rig, Handle<TrackedObjects.Socket> listener, ushort remotePort)
    {
        uint block = rig.Stack.Connect(80, remotePort);
        rig.Sockets.Close(rig.Sockets.Accept(listener, 0).Value.Socket);
        rig.Clock.Advance(1);
        return block;
    }
}
