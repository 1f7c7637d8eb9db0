using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class Connecting
{
    private readonly SocketRig _rig = new();

    [Fact]
    public void TheStackIsToldWhatToConnectTo()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Create();
        Assert.Equal(CallStatus.WouldBlock, _rig.Sockets.Connect(socket, 0x0A00_0202, 80, 0).Status);
        Assert.True(_rig.Work.IsSet);
        _rig.Push();
        ConnectionBlock block = _rig.Block(Assert.Single(_rig.Stack.Kicked));
        Assert.Equal(ConnectionBlock.Magic, block.Kernel.Magic);
        Assert.Equal(ConnectionRequests.Connect, block.Kernel.Requests);
        Assert.Equal(0x0A00_0202u, block.Kernel.RemoteAddress);
        Assert.Equal(80, block.Kernel.RemotePort);
        Assert.InRange(block.Kernel.LocalPort, 49152, 65535);
        Assert.NotEqual(0u, block.Kernel.Generation);
        Assert.False(block.IsCommitted);
    }

    [Fact]
    public void ABlockHoldsNothingOfItsLastConnection()
    {
        _rig.Connect(out uint block);
        Assert.Equal(0ul, _rig.Block(block).Kernel.SendWritten);
        Assert.Equal(0ul, _rig.Block(block).Transport.ReceiveWritten);
    }

    [Fact]
    public void AWaitEndsWhenTheConnectionIsThere()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Create();
        _rig.WhileWaiting = () =>
        {
            _rig.Push();
            _rig.Stack.Commit(_rig.Stack.Kicked[0], ConnectionState.Established);
        };
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Connect(socket, 1, 80, SocketRig.Forever).Status);
        Assert.Equal(SocketState.Connected, _rig.Sockets.GetInformation(socket).Value.State);
    }

    [Theory]
    [InlineData(ConnectionError.Refused, CallStatus.ConnectionRefused)]
    [InlineData(ConnectionError.Unreachable, CallStatus.Unreachable)]
    [InlineData(ConnectionError.TimedOut, CallStatus.TimedOut)]
    [InlineData(ConnectionError.Reset, CallStatus.ConnectionReset)]
    [InlineData(ConnectionError.Damaged, CallStatus.ConnectionReset)]
    [InlineData((ConnectionError)77, CallStatus.ConnectionReset)]
    public void AWaitEndsWhenThereWillBeNone(ConnectionError error, CallStatus expected)
    {
        Handle<TrackedObjects.Socket> socket = _rig.Create();
        _rig.WhileWaiting = () =>
        {
            _rig.Push();
            _rig.Stack.Commit(_rig.Stack.Kicked[0], ConnectionState.Closed, error);
        };
        Assert.Equal(expected, _rig.Sockets.Connect(socket, 1, 80, SocketRig.Forever).Status);
        Assert.Equal(expected, _rig.Sockets.Send(socket, [1], 0).Status);
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Close(socket).Status);
        Assert.Equal(0, _rig.Blocks.Taken);
    }

    [Fact]
    public void AConnectionThatTakesTooLongIsGivenUp()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Create();
        Assert.Equal(CallStatus.TimedOut, _rig.Sockets.Connect(socket, 1, 80, 1000).Status);
        _rig.Push();
        uint block = _rig.Stack.Kicked[^1];
        Assert.True(_rig.Block(block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
        Assert.Equal(CallStatus.TimedOut, _rig.Sockets.Receive(socket, new byte[1], 0).Status);
    }

    [Fact]
    public void WhoConnectsWithoutWaitingMayWaitLater()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out _);
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Connect(socket, 0x0A00_0202, 80, SocketRig.Forever).Status);
        Assert.Equal(CallStatus.NotSupported, _rig.Sockets.Connect(socket, 0x0A00_0202, 81, SocketRig.Forever).Status);
        Assert.Equal(1, _rig.Blocks.Taken);
    }

    [Fact]
    public void ABoundPortIsUsedAndFreeAfterwards()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Create();
        Assert.Equal(5000, _rig.Sockets.Bind(socket, 0, 5000).Value);
        _rig.Sockets.Connect(socket, 1, 80, 0);
        _rig.Push();
        uint block = _rig.Stack.Kicked[0];
        Assert.Equal(5000, _rig.Block(block).Kernel.LocalPort);
        Assert.Equal(CallStatus.AddressInUse, _rig.Sockets.Bind(_rig.Create(), 0, 5000).Status);
        _rig.Sockets.Abort(socket);
        _rig.Stack.Commit(block, ConnectionState.Closed);
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Bind(_rig.Create(), 0, 5000).Status);
    }

    [Fact]
    public void EveryConnectionHasAPortOfItsOwn()
    {
        _rig.Connect(out uint first);
        _rig.Connect(out uint second);
        Assert.NotEqual(_rig.Block(first).Kernel.LocalPort, _rig.Block(second).Kernel.LocalPort);
        Assert.NotEqual(_rig.Block(first).Kernel.Generation, _rig.Block(second).Kernel.Generation);
    }

    [Fact]
    public void MemoryThatIsShortIsAPlainError()
    {
        _rig.Blocks.IsShort = true;
        Assert.Equal(CallStatus.OutOfResources, _rig.Sockets.Connect(_rig.Create(), 1, 80, 0).Status);
        Assert.Equal(0u, _rig.Shadow.GetStatistics().Connections);
    }

    [Fact]
    public void TooManySocketsAreNoFault()
    {
        _rig.StartApplication(quotas: new ObjectQuotas(1, 1 << 20));
        _rig.Create();
        Assert.Equal(CallStatus.OutOfResources, _rig.Sockets.Create(SocketKind.Stream).Status);
    }

    [Fact]
    public void NowhereIsUnreachable()
        => Assert.Equal(CallStatus.Unreachable, _rig.Sockets.Connect(_rig.Create(), 0, 80, 0).Status);

    [Fact]
    public void OptionsReachTheStack()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Create();
        _rig.Sockets.SetOption(socket, SocketOption.NoDelay, 1);
        _rig.Sockets.Connect(socket, 1, 80, 0);
        _rig.Push();
        uint block = _rig.Stack.Kicked[0];
        Assert.Equal(ConnectionOptions.NoDelay, _rig.Block(block).Kernel.Options);
        _rig.Sockets.SetOption(socket, SocketOption.KeepAlive, 1);
        _rig.Sockets.SetOption(socket, SocketOption.NoDelay, 0);
        Assert.Equal(ConnectionOptions.KeepAlive, _rig.Block(block).Kernel.Options);
    }
}
