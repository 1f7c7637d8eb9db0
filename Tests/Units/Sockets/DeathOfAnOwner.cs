using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class DeathOfAnOwner
{
    private void WaitForOrphans()
    {
        _rig.Clock.Advance(6 * Second);
        _rig.Shadow.Tick(_rig.Clock.NowNanoseconds);
        _rig.Push();
    }

    private const long Second = 1_000_000_000;

    private readonly SocketRig _rig = new();

    [Fact]
    public void ItsConnectionsAreAborted()
    {
        _rig.Connect(out uint block);
        _rig.KillApplication();
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
        _rig.Stack.Kicked.Clear();
        _rig.Push();
        Assert.Equal(block, Assert.Single(_rig.Stack.Kicked));
        _rig.Stack.Commit(block, ConnectionState.Closed);
        Assert.Equal(0, _rig.Blocks.Taken);
    }

    [Fact]
    public void ItsListenerGoesOnForItsNextInstance()
    {
        _rig.Listen(80);
        _rig.Stack.Connect(80, 1);
        _rig.KillApplication();
        _rig.Stack.Connect(80, 2);
        _rig.StartApplication();
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        Assert.DoesNotContain("stop 80", _rig.Stack.Events);
        SocketReady[] ready = new SocketReady[4];
        Assert.Equal(1u, _rig.Sockets.WaitReady(ready, 0).Value);
        Assert.Equal(new SocketReady(listener, SocketEvents.Acceptable), ready[0]);
        Assert.Equal(1, _rig.Sockets.Accept(listener, 0).Value.RemotePort);
        Assert.Equal(2, _rig.Sockets.Accept(listener, 0).Value.RemotePort);
    }

    [Fact]
    public void ItsListenerDoesNotGoOnForEver()
    {
        _rig.Listen(80);
        uint block = _rig.Stack.Connect(80);
        _rig.KillApplication();
        _rig.Clock.Advance((5 * Second) - 1);
        Assert.InRange(_rig.Shadow.Tick(_rig.Clock.NowNanoseconds), 0, _rig.Clock.NowNanoseconds + 1);
        _rig.Push();
        Assert.DoesNotContain("stop 80", _rig.Stack.Events);
        _rig.Clock.Advance(1);
        _rig.Shadow.Tick(_rig.Clock.NowNanoseconds);
        _rig.Push();
        Assert.Contains("stop 80", _rig.Stack.Events);
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
        _rig.StartApplication(domain: 9);
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Bind(_rig.Create(), 0, 80).Status);
    }

    // The listener gave the port back when its time was over, and so did the socket at its end: by then it was somebody else's.
    [Fact]
    public void APortThatItsNextInstanceHasTakenIsNobodyElses()
    {
        _rig.Listen(80);
        _rig.KillApplication();
        _rig.StartApplication();
        SocketServices next = _rig.Sockets;
        Handle<TrackedObjects.Socket> bound = _rig.Create();
        Assert.Equal(CallStatus.Ok, next.Bind(bound, 0, 80).Status);
        Assert.Equal(CallStatus.AddressInUse, next.Bind(_rig.Create(), 0, 80).Status);
        WaitForOrphans();
        _rig.StartApplication(domain: 9);
        Assert.Equal(CallStatus.AddressInUse, _rig.Sockets.Bind(_rig.Create(), 0, 80).Status);

        next.Close(bound);
        WaitForOrphans();
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Bind(_rig.Create(), 0, 80).Status);
        Assert.Equal(CallStatus.AddressInUse, _rig.Sockets.Bind(_rig.Create(), 0, 80).Status);
    }

    [Fact]
    public void AConnectionThatItDidNotAnswerIsAcceptedByItsNextInstance()
    {
        Handle<TrackedObjects.Socket> accepted = AcceptRepeatable(out uint block);
        _rig.Stack.Arrive(block, [1, 2, 3]);
        Assert.Equal([1, 2], Receive(accepted, 2));
        _rig.KillApplication();
        Assert.Equal(ConnectionRequests.Accepted, _rig.Block(block).Kernel.Requests);

        Handle<TrackedObjects.Socket> again = AcceptAgain();
        _rig.Stack.Arrive(block, [4]);
        Assert.Equal([1, 2], Receive(again, 16));
        Assert.Equal([3, 4], Receive(again, 16));
    }

    [Fact]
    public void OneThatItAnsweredIsAborted()
    {
        Handle<TrackedObjects.Socket> accepted = AcceptRepeatable(out uint block);
        _rig.Stack.Arrive(block, [1]);
        Receive(accepted, 16);
        _rig.Sockets.Send(accepted, [9], 0);
        _rig.KillApplication();
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
    }

    [Fact]
    public void OneWhoseRequestHasEffectsIsAborted()
    {
        Handle<TrackedObjects.Socket> accepted = AcceptRepeatable(out uint block);
        _rig.Stack.Arrive(block, [1]);
        Receive(accepted, 16);
        _rig.Sockets.SetOption(accepted, SocketOption.Repeatable, 0);
        _rig.KillApplication();
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
    }

    // It may be this very request that instances die of.
    [Fact]
    public void OneThatTwoInstancesDiedWithIsAborted()
    {
        Handle<TrackedObjects.Socket> accepted = AcceptRepeatable(out uint block);
        _rig.Stack.Arrive(block, [1]);
        Receive(accepted, 16);
        _rig.KillApplication();
        Receive(AcceptAgain(), 16);
        _rig.KillApplication();
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
    }

    [Fact]
    public void MoreThanIsKeptOfARequestIsNotReadOnceMore()
    {
        Handle<TrackedObjects.Socket> accepted = AcceptRepeatable(out uint block);
        byte[] piece = new byte[16 * 1024];
        for (int bytes = 0; bytes <= KeptRequestBudget.RequestBytes; bytes += piece.Length)
        {
            _rig.Stack.Arrive(block, piece);
            Receive(accepted, piece.Length);
        }

        _rig.KillApplication();
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
    }

    [Fact]
    public void NobodyElseGetsItsListener()
    {
        _rig.Listen(80);
        _rig.KillApplication();
        _rig.StartApplication(domain: 9);
        Assert.Equal(CallStatus.AddressInUse, _rig.Sockets.Bind(_rig.Create(), 0, 80).Status);
    }

    [Fact]
    public void ADeathBetweenBindAndListenKeepsTheListener()
    {
        _rig.Listen(80);
        _rig.KillApplication();
        _rig.StartApplication();
        Assert.Equal(80, _rig.Sockets.Bind(_rig.Create(), 0, 80).Value);
        _rig.KillApplication();
        _rig.StartApplication();
        _rig.Stack.Connect(80);
        Assert.True(_rig.Sockets.Accept(_rig.Listen(80), 0).Succeeded);
    }

    [Fact]
    public void AnOwnerThatWillNotComeBackLeavesNothing()
    {
        _rig.Listen(80);
        _rig.KillApplication();
        _rig.Shadow.ExtensionGone(SocketRig.ApplicationDomain);
        _rig.Push();
        Assert.Equal("stop 80", _rig.Stack.Events[^1]);
        Assert.Empty(_rig.Shadow.Describe());
    }

    [Fact]
    public void AConnectionAcceptedWhileTheOwnerIsStoppedWaitsForTheNextInstance()
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        _rig.Stack.Connect(80, 7);
        _rig.Stack.Connect(80, 8);
        _rig.Objects.Close();
        Assert.Equal(CallStatus.Cancelled, _rig.Sockets.Accept(listener, 0).Status);
        _rig.KillApplication();
        _rig.StartApplication();
        Assert.Equal(7, _rig.Sockets.Accept(_rig.Listen(80), 0).Value.RemotePort);
    }

    [Fact]
    public void ItsPortsForDatagramsAreFree()
    {
        _rig.Sockets.Bind(_rig.Create(SocketKind.Datagram), 0, 53);
        _rig.KillApplication();
        _rig.StartApplication(domain: 9);
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Bind(_rig.Create(SocketKind.Datagram), 0, 53).Status);
    }

    [Fact]
    public void AConnectionThatWasClosedAndDoesNotEndIsAborted()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out uint block);
        _rig.Sockets.Close(socket);
        _rig.Shadow.Tick(_rig.Clock.NowNanoseconds);
        Assert.False(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
        _rig.Clock.Advance(new SocketShadowOptions().LingerNanoseconds + Second);
        _rig.Shadow.Tick(_rig.Clock.NowNanoseconds);
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
    }

    private Handle<TrackedObjects.Socket> AcceptRepeatable(out uint block)
    {
        Handle<TrackedObjects.Socket> listener = _rig.Listen(80);
        _rig.Sockets.SetOption(listener, SocketOption.Repeatable, 1);
        block = _rig.Stack.Connect(80);
        return _rig.Sockets.Accept(listener, 0).Value.Socket;
    }

    private Handle<TrackedObjects.Socket> AcceptAgain()
    {
        _rig.StartApplication();
        return _rig.Sockets.Accept(_rig.Listen(80), 0).Value.Socket;
    }

    private byte[] Receive(Handle<TrackedObjects.Socket> socket, int most)
    {
        byte[] bytes = new byte[most];
        return bytes[..(int)_rig.Sockets.Receive(socket, bytes, 0).Value];
    }
}
