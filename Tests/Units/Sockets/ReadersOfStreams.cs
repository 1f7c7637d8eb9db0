using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class ReadersOfStreams
{
    private const int Burst = 24 * 1024;

    private readonly SocketRig _rig = new();
    private readonly SocketReady[] _ready = new SocketReady[SocketLimits.ReadySockets];
    private readonly Handle<TrackedObjects.Socket> _socket;
    private readonly uint _block;

    public ReadersOfStreams()
    {
        _rig.Blocks.IsLarge = true;
        _socket = _rig.Connect(out _block);
        _rig.Sockets.WaitReady(_ready, 0);
    }

    [Fact]
    public void AreNotWokenInTheMiddleForLittle()
    {
        for (int arrived = Burst; arrived <= SocketLimits.TransferBytes * 2 / 3; arrived += Burst)
        {
            Arrive(Burst);
            Assert.True(Round());
            Assert.False(IsToldToRead());
        }

        Arrive(Burst);
        Assert.True(IsToldToRead());
        uint length = _rig.Sockets.Receive(_socket, new byte[SocketLimits.TransferBytes], 0).Value;
        Assert.Equal((0u, true), (_rig.Sockets.GetInformation(_socket).Value.ReadableBytes, length > SocketLimits.TransferBytes / 2));
    }

    [Fact]
    public void TheStackIsNotToldOfRoomThatHoldsNobodyBack()
    {
        Arrive(SocketLimits.TransferBytes);
        _rig.Push();
        ulong kicks = _rig.Shadow.GetStatistics().Kicks;
        _rig.Sockets.Receive(_socket, new byte[SocketLimits.TransferBytes], 0);
        _rig.Push();
        Assert.Equal(kicks, _rig.Shadow.GetStatistics().Kicks);
    }

    [Fact]
    public void AreToldOfWhatHasArrivedWhenNoMoreCame()
    {
        Arrive(Burst);
        Assert.True(Round());
        Assert.False(IsToldToRead());
        Assert.False(Round());
        Assert.True(IsToldToRead());
    }

    [Fact]
    public void AreToldOfLittleAtOnce()
    {
        Arrive(1000);
        Assert.True(IsToldToRead());
    }

    [Fact]
    public void AreToldOfTheEndAtOnce()
    {
        Arrive(Burst);
        _rig.Stack.End(_block);
        Assert.True(IsToldToRead());
        _rig.Push();
    }

    [Fact]
    public void WhoReadsWithoutBeingToldGetsWhatThereIsAndIsNotToldOfIt()
    {
        Arrive(Burst);
        Assert.Equal((uint)Burst, _rig.Sockets.Receive(_socket, new byte[2 * Burst], 0).Value);
        _rig.Push();
        Assert.False(IsToldToRead());
    }

    [Fact]
    public void TheNetworkThreadIsWokenForThem()
    {
        // The stack may say so in a call of another thread.
        _rig.Work.Wait(0);
        Arrive(Burst);
        Assert.True(_rig.Work.IsSet);
    }

    [Fact]
    public void ASocketThatWasClosedMeanwhileIsToldNothing()
    {
        Arrive(Burst);
        _rig.Sockets.Close(_socket);
        _rig.Push();
        Assert.False(IsToldToRead());
    }

    [Fact]
    public void TheDeathOfTheStackHoldsNobodyBack()
    {
        Arrive(Burst);
        _rig.KillStack();
        _rig.Push();
        Assert.True(IsToldToRead());
    }

    private void Arrive(int bytes) => _rig.Stack.Arrive(_block, new byte[bytes]);

    private bool Round() => _rig.Shadow.Push(_rig.Clock.NowNanoseconds);

    private bool IsToldToRead()
        => _rig.Sockets.WaitReady(_ready, 0).TryGet(out uint count) && count == 1 && _ready[0].Events.HasFlag(SocketEvents.Readable);
}
