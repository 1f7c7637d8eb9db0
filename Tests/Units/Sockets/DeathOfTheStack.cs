using System;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class DeathOfTheStack
{
    private readonly SocketRig _rig = new();

    [Fact]
    public void TheNextInstanceGetsWhatThereIsBeforeAnythingElse()
    {
        _rig.Listen(80, 7);
        _rig.Connect(out uint first);
        _rig.Connect(out uint second);
        _rig.Sockets.Bind(_rig.Create(SocketKind.Datagram), 0, 53);
        _rig.KillStack();
        Assert.Equal(CallStatus.Ok, _rig.StartStack());
        Assert.Equal([$"adopt {first} {second}", "listen 80 7", "bind 53"], _rig.Stack.Events);
        Assert.Equal(2ul, _rig.Shadow.GetStatistics().Adopted);
    }

    [Fact]
    public void UsersGoOnWhileThereIsNoStack()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out uint block);
        _rig.Stack.Arrive(block, "before"u8);
        _rig.KillStack();
        byte[] buffer = new byte[16];
        Assert.Equal(6u, _rig.Sockets.Receive(socket, buffer, 0).Value);
        Assert.Equal(5u, _rig.Sockets.Send(socket, "while"u8, 0).Value);
        _rig.Push();
        _rig.StartStack();
        Assert.Equal("while"u8, _rig.Stack.Take(block));
        _rig.Stack.Arrive(block, "after"u8);
        Assert.Equal(5u, _rig.Sockets.Receive(socket, buffer, 0).Value);
    }

    [Fact]
    public void AWaitGoesOnOverADeath()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out uint block);
        _rig.WhileWaiting = () =>
        {
            _rig.KillStack();
            _rig.StartStack();
            _rig.Stack.Arrive(block, "x"u8);
        };
        Assert.Equal(1u, _rig.Sockets.Receive(socket, new byte[1], SocketRig.Forever).Value);
    }

    [Fact]
    public void WhatWasCommittedAndNotToldCounts()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out uint block);
        _rig.Sockets.Send(socket, new byte[10], 0);
        _rig.Block(block).Transport.SendAcknowledged = 10;
        _rig.Block(block).ReceiveRing[0] = 9;
        _rig.Block(block).Transport.ReceiveWritten = 1;
        _rig.KillStack();
        byte[] buffer = new byte[4];
        Assert.Equal(1u, _rig.Sockets.Receive(socket, buffer, 0).Value);
        Assert.Equal(9, buffer[0]);
        Assert.Equal(0u, _rig.Sockets.GetInformation(socket).Value.UnacknowledgedBytes);
    }

    [Fact]
    public void AConnectionThatCameInAndWasNotCommittedGoesBack()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80, 1);
        Assert.True(_rig.Stack.Host.AcceptConnection(80, 1, 1).Succeeded);
        _rig.KillStack();
        Assert.Equal(0, _rig.Blocks.Taken);
        _rig.StartStack();
        _rig.Stack.Connect(80);
        Assert.True(_rig.Sockets.Accept(listener, 0).Succeeded);
    }

    [Fact]
    public void AConnectionThatCameInAndWasCommittedStays()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        uint block = _rig.Stack.Host.AcceptConnection(80, 1, 1).Value.Block;
        ConnectionBlock view = _rig.Block(block);
        view.Transport.State = ConnectionState.Established;
        view.Commit();
        _rig.KillStack();
        Assert.True(_rig.Sockets.Accept(listener, 0).Succeeded);
    }

    [Fact]
    public void AConnectionThatWasToBeMadeIsMadeByTheNextInstance()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Create();
        _rig.Sockets.Connect(socket, 1, 80, 0);
        _rig.KillStack();
        _rig.StartStack();
        Assert.Equal("adopt 0", _rig.Stack.Events[0]);
        _rig.Stack.Commit(0, ConnectionState.Established);
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Connect(socket, 1, 80, 0).Status);
    }

    [Fact]
    public void WhatIsClosedMeanwhileIsFinishedByTheNextInstance()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out uint block);
        _rig.Sockets.Send(socket, "bye"u8, 0);
        _rig.KillStack();
        _rig.Sockets.Close(socket);
        Assert.Equal(1, _rig.Blocks.Taken);
        _rig.StartStack();
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.EndSend | ConnectionRequests.EndReceive));
        Assert.Equal("bye"u8, _rig.Stack.Take(block));
        _rig.Stack.Commit(block, ConnectionState.Closed);
        Assert.Equal(0, _rig.Blocks.Taken);
    }

    [Fact]
    public void WhatNobodyHasSeenAndNobodyWantsGoesBackAtOnce()
    {
        _rig.KillStack();
        Handle<TrackedObjects.Socket> socket = _rig.Create();
        _rig.Sockets.Connect(socket, 1, 80, 0);
        _rig.Sockets.Close(socket);
        Assert.Equal(0, _rig.Blocks.Taken);
    }

    [Fact]
    public void ADeadInstanceIsNotCalled()
    {
        FakeTransport dead = _rig.Stack;
        _rig.KillStack();
        _rig.Listen(80);
        dead.Events.Clear();
        _rig.Push();
        Assert.Empty(dead.Events);
        Assert.False(_rig.Window.IsOpen);
    }

    [Fact]
    public void AnInstanceThatDiesAtItsFirstCallIsAFailedRestart()
    {
        _rig.Connect(out _);
        _rig.KillStack();
        Assert.Equal(CallStatus.DomainDied, _rig.StartStack(stack => stack.DiesAtAdoption = true));
        _rig.KillStack();
        Assert.Equal(CallStatus.Ok, _rig.StartStack());
        Assert.Equal("adopt 0", _rig.Stack.Events[0]);
    }

    [Fact]
    public void ConnectionsThatKillEveryInstanceAreGivenUp()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out _);
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        for (int instance = 0; instance < new SocketShadowOptions().AdoptionsAllowed; instance++)
        {
            _rig.KillStack();
            _rig.StartStack(stack => stack.DiesAtAdoption = true);
        }

        _rig.KillStack();
        Assert.Equal(CallStatus.Ok, _rig.StartStack());
        Assert.Equal(["adopt", "listen 80 8"], _rig.Stack.Events);
        Assert.Equal(CallStatus.ConnectionReset, _rig.Sockets.Send(socket, [1], 0).Status);
        _rig.Sockets.Close(socket);
        Assert.Equal(0, _rig.Blocks.Taken);
        _rig.Stack.Connect(80);
        Assert.True(_rig.Sockets.Accept(listener, 0).Succeeded);
    }

    [Fact]
    public void AStackThatWillNotComeBackBreaksEverything()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out _);
        Handle<TrackedObjects.Socket> closed = _rig.Connect(out _);
        _rig.Sockets.Close(closed);
        _rig.KillStack();
        _rig.Shadow.ExtensionGone(SocketRig.StackDomain);
        Assert.Equal(1, _rig.Blocks.Taken);
        Assert.Equal(CallStatus.ConnectionReset, _rig.Sockets.Receive(socket, new byte[1], SocketRig.Forever).Status);
        _rig.Sockets.Close(socket);
        Assert.Equal(0, _rig.Blocks.Taken);
    }

    [Fact]
    public void QueriesAreAskedAgain()
    {
        _rig.WhileWaiting = () =>
        {
            _rig.Push();
            Assert.Equal("resolve host", _rig.Stack.Events[^1]);
            _rig.KillStack();
            _rig.StartStack();
            _rig.Push();
            Assert.Equal("resolve host", _rig.Stack.Events[^1]);
            _rig.Stack.Host.Resolved(_rig.Stack.LastQuery, 0x0102_0304, CallStatus.Ok);
        };
        Assert.Equal(0x0102_0304u, _rig.Sockets.Resolve("host"u8, SocketRig.Forever).Value);
    }

    [Fact]
    public void EveryDeathLeavesEveryByteInItsPlace()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out uint block);
        byte[] sent = new byte[200_000];
        new Random(3).NextBytes(sent);
        Random chance = new(4);
        byte[] taken = [];
        int written = 0;
        while (taken.Length < sent.Length)
        {
            int length = Math.Min(sent.Length - written, chance.Next(1, 9000));
            CallResult<uint> result = _rig.Sockets.Send(socket, sent.AsSpan(written, length), 0);
            written += result.Succeeded ? (int)result.Value : 0;
            if (chance.Next(4) == 0)
            {
                _rig.KillStack();
                _rig.StartStack();
            }

            _rig.Push();
            taken = [.. taken, .. _rig.Stack.Take(block)];
        }

        Assert.Equal(sent, taken);
    }
}
