using System;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

/// <summary>Whatever the stack writes into its half, it harms that one connection at most.</summary>
public sealed class DistrustOfTheStack
{
    private readonly SocketRig _rig = new();
    private readonly Handle<TrackedObjects.Socket> _socket;
    private readonly uint _block;

    public DistrustOfTheStack()
    {
        _socket = _rig.Connect(out _block);
        _rig.Sockets.Send(_socket, new byte[100], 0);
        _rig.Stack.Take(_block);
        _rig.Sockets.Send(_socket, new byte[100], 0);
        _rig.Stack.Arrive(_block, new byte[100]);
    }

    public static TheoryData<string, ulong> Lies() => new()
    {
        { nameof(ConnectionTransportHalf.SendAcknowledged), 201 },
        { nameof(ConnectionTransportHalf.SendAcknowledged), 99 },
        { nameof(ConnectionTransportHalf.SendAcknowledged), ulong.MaxValue },
        { nameof(ConnectionTransportHalf.ReceiveWritten), 99 },
        { nameof(ConnectionTransportHalf.ReceiveWritten), 32_769 },
        { nameof(ConnectionTransportHalf.ReceiveWritten), ulong.MaxValue },
        { nameof(ConnectionTransportHalf.State), 0 },
        { nameof(ConnectionTransportHalf.State), 1000 },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void ALieBreaksTheConnection(string field, ulong value)
    {
        Handle<TrackedObjects.Socket> other = _rig.Connect(out uint otherBlock);
        Lie(field, value);
        _rig.Stack.Host.Signal([_block]);
        Assert.Equal(CallStatus.ConnectionReset, _rig.Sockets.Send(_socket, [1], 0).Status);
        Assert.True(_rig.Block(_block).Kernel.Requests.HasFlag(ConnectionRequests.Abort));
        Assert.Equal(1ul, _rig.Shadow.GetStatistics().Violations);

        // What was checked before can still be read, and nothing else.
        byte[] buffer = new byte[1000];
        Assert.Equal(100u, _rig.Sockets.Receive(_socket, buffer, 0).Value);
        Assert.Equal(CallStatus.ConnectionReset, _rig.Sockets.Receive(_socket, buffer, 0).Status);

        _rig.Stack.Arrive(otherBlock, "x"u8);
        Assert.Equal(1u, _rig.Sockets.Receive(other, buffer, 0).Value);
    }

    [Fact]
    public void NothingArrivesBehindTheEnd()
    {
        _rig.Stack.End(_block);
        _rig.Stack.Arrive(_block, "more"u8);
        Assert.Equal(1ul, _rig.Shadow.GetStatistics().Violations);
    }

    [Fact]
    public void ABlockWhoseEndIsALieGoesBackAllTheSame()
    {
        Lie(nameof(ConnectionTransportHalf.ReceiveWritten), 0);
        _rig.Stack.Commit(_block, ConnectionState.Closed);
        _rig.Sockets.Close(_socket);
        Assert.Equal(0, _rig.Blocks.Taken);
    }

    [Fact]
    public void BlocksThatAreNoneArePassedOver()
    {
        _rig.Stack.Host.Signal([63, 64, 4096, uint.MaxValue, _block, _block]);
        Assert.Equal(0ul, _rig.Shadow.GetStatistics().Violations);
    }

    [Fact]
    public void TheStackCannotChangeWhatTheKernelKnows()
    {
        _rig.Block(_block).Kernel.SendWritten = ulong.MaxValue;
        _rig.Block(_block).Kernel.ReceiveRead = 1_000_000;
        _rig.Block(_block).Kernel.Generation = 0;
        Assert.Equal(100u, _rig.Sockets.Receive(_socket, new byte[1000], 0).Value);
        Assert.Equal(1u, _rig.Sockets.Send(_socket, [1], 0).Value);
        Assert.Equal(201ul, _rig.Block(_block).Kernel.SendWritten);
    }

    [Fact]
    public void AnswersThatWouldBlameTheUserDoNotReachIt()
    {
        _rig.WhileWaiting = () =>
        {
            _rig.Push();
            _rig.Stack.Host.Resolved(_rig.Stack.LastQuery, 1, CallStatus.BadHandle);
        };
        Assert.Equal(CallStatus.Failed, _rig.Sockets.Resolve("a"u8, SocketRig.Forever).Status);
    }

    [Fact]
    public void OnlyWhoHasRegisteredIsHeard()
    {
        FakeTransport foreign = new(_rig.Blocks);
        TransportHostService host = new(
            _rig.Shadow, 9, foreign, new FakeWindow(), _rig.StackObjects);
        Assert.Equal(CallStatus.Busy, host.Register().Status);
        Assert.Equal(CallStatus.BadParameter, host.Signal([_block]).Status);
        Assert.Equal(CallStatus.BadParameter, host.AcceptConnection(80, 1, 1).Status);
        Assert.Equal(CallStatus.BadParameter, host.ReceiveDatagrams([]).Status);
        Assert.Equal(CallStatus.BadParameter, host.Resolved(1, 1, CallStatus.Ok).Status);
    }

    // Whoever carries connections sees the bytes of all of them.
    [Fact]
    public void NobodyElseIsGivenTheConnectionsOfAStackThatIsBeingReplaced()
    {
        FakeTransport foreign = new(_rig.Blocks);
        FakeWindow window = new();
        TransportHostService host = new(
            _rig.Shadow, 9, foreign, window, new HandleTable(9, ObjectQuotas.Default, new()));
        _rig.KillStack();
        Assert.Equal(CallStatus.Busy, host.Register().Status);
        Assert.False(window.IsOpen);
        Assert.Equal(CallStatus.Ok, _rig.StartStack());
        Assert.True(_rig.Window.IsOpen);
    }

    private void Lie(string field, ulong value)
    {
        ref ConnectionTransportHalf half = ref _rig.Block(_block).Transport;
        switch (field)
        {
            case nameof(ConnectionTransportHalf.SendAcknowledged):
                half.SendAcknowledged = value;
                break;
            case nameof(ConnectionTransportHalf.ReceiveWritten):
                half.ReceiveWritten = value;
                break;
            default:
                half.State = (ConnectionState)value;
                break;
        }
    }
}
