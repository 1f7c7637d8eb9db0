using System;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class BytesInBothDirections
{
    private readonly SocketRig _rig = new();
    private readonly Handle<TrackedObjects.Socket> _socket;
    private readonly uint _block;

    public BytesInBothDirections() => _socket = _rig.Connect(out _block);

    [Fact]
    public void WhatIsSentIsInTheRing()
    {
        Assert.Equal(5u, _rig.Sockets.Send(_socket, "hello"u8, 0).Value);
        _rig.Push();
        Assert.Equal("hello"u8, _rig.Stack.Take(_block));
        Assert.Equal(0u, _rig.Sockets.GetInformation(_socket).Value.UnacknowledgedBytes);
    }

    [Fact]
    public void WhatArrivesCanBeRead()
    {
        byte[] buffer = new byte[16];
        Assert.Equal(CallStatus.WouldBlock, _rig.Sockets.Receive(_socket, buffer, 0).Status);
        _rig.Stack.Arrive(_block, "hello"u8);
        Assert.Equal(3u, _rig.Sockets.Receive(_socket, buffer.AsSpan(0, 3), 0).Value);
        Assert.Equal(2u, _rig.Sockets.Receive(_socket, buffer.AsSpan(3), 0).Value);
        Assert.Equal("hello"u8, buffer.AsSpan(0, 5));
    }

    [Fact]
    public void BothAreCountedAsWorkOfTheOwner()
    {
        byte[] buffer = new byte[16];
        Assert.Equal(CallStatus.WouldBlock, _rig.Sockets.Receive(_socket, buffer, 0).Status);
        Assert.Equal(0ul, _rig.Sockets.TransferredBytes);
        _rig.Sockets.Send(_socket, "hello"u8, 0);
        _rig.Stack.Arrive(_block, "hello"u8);
        _rig.Sockets.Receive(_socket, buffer.AsSpan(0, 3), 0);
        Assert.Equal(8ul, _rig.Sockets.TransferredBytes);
    }

    [Fact]
    public void AStreamOfManyRingsComesThroughWhole()
    {
        byte[] sent = new byte[300_000];
        new Random(7).NextBytes(sent);
        Random sizes = new(8);
        int written = 0;
        byte[] taken = [];
        while (taken.Length < sent.Length)
        {
            int length = Math.Min(sent.Length - written, sizes.Next(1, 16_384));
            CallResult<uint> result = _rig.Sockets.Send(_socket, sent.AsSpan(written, length), 0);
            written += result.Succeeded ? (int)result.Value : 0;
            if (!result.Succeeded || sizes.Next(3) == 0)
            {
                taken = [.. taken, .. _rig.Stack.Take(_block)];
            }
        }

        Assert.True(sent.SequenceEqual(taken));
    }

    [Fact]
    public void AFullRingTakesNoMore()
    {
        byte[] bytes = new byte[16_384];
        Assert.Equal(16_384u, _rig.Sockets.Send(_socket, bytes, 0).Value);
        Assert.Equal(16_384u, _rig.Sockets.Send(_socket, bytes, 0).Value);
        Assert.Equal(CallStatus.WouldBlock, _rig.Sockets.Send(_socket, bytes, 0).Status);
        _rig.WhileWaiting = () => _rig.Stack.Take(_block);
        Assert.Equal(16_384u, _rig.Sockets.Send(_socket, bytes, SocketRig.Forever).Value);
    }

    [Fact]
    public void ALargeBlockHasRoomForMore()
    {
        _rig.Blocks.IsLarge = true;
        Handle<TrackedObjects.Socket> socket = _rig.Connect(out uint block);
        Assert.Equal((uint)ConnectionBlock.LargeBlockBytes, _rig.Block(block).Kernel.BlockBytes);
        Assert.Equal((uint)ConnectionBlock.SmallBlockBytes, _rig.Block(_block).Kernel.BlockBytes);
        byte[] sent = new byte[ConnectionBlock.LargeSendRingBytes];
        new Random(1).NextBytes(sent);
        for (int offset = 0; offset < sent.Length; offset += 16_384)
        {
            Assert.Equal(16_384u, _rig.Sockets.Send(socket, sent.AsSpan(offset, 16_384), 0).Value);
        }

        Assert.Equal(CallStatus.WouldBlock, _rig.Sockets.Send(socket, sent, 0).Status);
        Assert.Equal(sent, _rig.Stack.Take(block));
        _rig.Stack.Arrive(block, sent);
        Assert.Equal((uint)sent.Length, _rig.Sockets.GetInformation(socket).Value.ReadableBytes);
        Assert.Equal(0ul, _rig.Shadow.GetStatistics().Violations);
    }

    [Fact]
    public void AWaitForBytesEndsWhenTheyCome()
    {
        byte[] buffer = new byte[16];
        _rig.WhileWaiting = () => _rig.Stack.Arrive(_block, "x"u8);
        Assert.Equal(1u, _rig.Sockets.Receive(_socket, buffer, SocketRig.Forever).Value);
        Assert.Equal((byte)'x', buffer[0]);
    }

    [Fact]
    public void AWaitForBytesEndsInTime()
    {
        long before = _rig.Clock.NowNanoseconds;
        Assert.Equal(CallStatus.TimedOut, _rig.Sockets.Receive(_socket, new byte[1], 5000).Status);
        Assert.Equal(before + 5000, _rig.Clock.NowNanoseconds);
    }

    [Fact]
    public void AWaitEndsWhenItsDomainIsStopped()
    {
        _rig.IsStopping = true;
        Assert.Equal(CallStatus.Cancelled, _rig.Sockets.Receive(_socket, new byte[1], SocketRig.Forever).Status);
    }

    [Fact]
    public void AWaitEndsWhenTheSocketIsClosed()
    {
        _rig.WhileWaiting = () => _rig.Sockets.Close(_socket);
        Assert.Equal(CallStatus.NotConnected, _rig.Sockets.Receive(_socket, new byte[1], SocketRig.Forever).Status);
    }

    [Fact]
    public void TheEndComesAfterEverythingElse()
    {
        _rig.Stack.Arrive(_block, "last"u8);
        _rig.Stack.End(_block);
        byte[] buffer = new byte[16];
        Assert.Equal(4u, _rig.Sockets.Receive(_socket, buffer, 0).Value);
        Assert.Equal(0u, _rig.Sockets.Receive(_socket, buffer, 0).Value);
        Assert.Equal(0u, _rig.Sockets.Receive(_socket, buffer, SocketRig.Forever).Value);

        // Only the peer has ended: the other half goes on.
        Assert.Equal(1u, _rig.Sockets.Send(_socket, [1], 0).Value);
    }

    [Fact]
    public void WhatArrivedBeforeAResetCanStillBeRead()
    {
        _rig.Stack.Arrive(_block, "last"u8);
        _rig.Stack.Commit(_block, ConnectionState.Closed, ConnectionError.Reset);
        byte[] buffer = new byte[16];
        Assert.Equal(4u, _rig.Sockets.Receive(_socket, buffer, 0).Value);
        Assert.Equal(CallStatus.ConnectionReset, _rig.Sockets.Receive(_socket, buffer, 0).Status);
        Assert.Equal(CallStatus.ConnectionReset, _rig.Sockets.Send(_socket, buffer, 0).Status);
    }

    [Theory]
    [InlineData(ConnectionState.CloseWait)]
    [InlineData(ConnectionState.Closing)]
    [InlineData(ConnectionState.LastAck)]
    [InlineData(ConnectionState.Closed)]
    public void SomeStatesSayThatThePeerHasEnded(ConnectionState state)
    {
        _rig.Stack.Commit(_block, state);
        Assert.Equal(0u, _rig.Sockets.Receive(_socket, new byte[1], SocketRig.Forever).Value);
    }

    [Fact]
    public void NothingIsSentBehindTheEnd()
    {
        _rig.Sockets.Send(_socket, "last"u8, 0);
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Shutdown(_socket, ShutdownDirection.Send).Status);
        Assert.Equal(CallStatus.NotConnected, _rig.Sockets.Send(_socket, [1], 0).Status);
        Assert.Equal(ConnectionRequests.Connect | ConnectionRequests.EndSend, _rig.Block(_block).Kernel.Requests);
        Assert.Equal(4ul, _rig.Block(_block).Kernel.SendWritten);
    }

    [Fact]
    public void AHalfThatNobodyReadsIsAtItsEnd()
    {
        _rig.Sockets.Shutdown(_socket, ShutdownDirection.Receive);
        _rig.Stack.Arrive(_block, "late"u8);
        Assert.Equal(0u, _rig.Sockets.Receive(_socket, new byte[8], 0).Value);
    }

    [Fact]
    public void SeveralSendsMakeOneKick()
    {
        _rig.Push();
        _rig.Stack.Kicked.Clear();
        _rig.Sockets.Send(_socket, [1], 0);
        _rig.Sockets.Send(_socket, [2], 0);
        _rig.Sockets.Send(_socket, [3], 0);
        _rig.Push();
        Assert.Equal(_block, Assert.Single(_rig.Stack.Kicked));
    }

    [Fact]
    public void NobodyIsWokenForBytesBehindManyOthers()
    {
        _rig.Sockets.Send(_socket, new byte[16_384], 0);
        Assert.True(_rig.Work.IsSet);
        _rig.Work.Wait(0);
        _rig.Sockets.Send(_socket, new byte[1000], 0);
        Assert.False(_rig.Work.IsSet);

        // But the stack hears of them as soon as it is called for whatever reason.
        _rig.Stack.Kicked.Clear();
        _rig.Push();
        Assert.Equal(_block, Assert.Single(_rig.Stack.Kicked));
    }

    [Fact]
    public void TheStackIsKickedForRoomOnlyIfThePeerWasHeldBack()
    {
        byte[] buffer = new byte[16_384];
        _rig.Push();
        _rig.Stack.Kicked.Clear();
        _rig.Stack.Arrive(_block, buffer);
        _rig.Sockets.Receive(_socket, buffer, 0);
        _rig.Push();
        Assert.Empty(_rig.Stack.Kicked);
        _rig.Stack.Arrive(_block, new byte[32_768]);
        _rig.Sockets.Receive(_socket, buffer.AsSpan(0, 100), 0);
        _rig.Push();
        Assert.Empty(_rig.Stack.Kicked);
        _rig.Sockets.Receive(_socket, buffer, 0);
        _rig.Push();
        Assert.Equal(_block, Assert.Single(_rig.Stack.Kicked));
    }

    [Fact]
    public void CallsAllocateNothing()
    {
        byte[] buffer = new byte[1000];
        void Exchange()
        {
            _rig.Sockets.Send(_socket, buffer, 0);
            _rig.Sockets.Receive(_socket, buffer, 0);
            _rig.Sockets.WaitReady(default, 0);
        }

        Exchange();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 20; round++)
        {
            Exchange();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void WaitsUseTheSameSignalAgain()
    {
        for (int round = 0; round < 10; round++)
        {
            _rig.Sockets.Receive(_socket, new byte[1], 10);
        }

        Assert.Equal(1, _rig.SignalsMade);
    }

    [Fact]
    public void AHandleOfNobodyIsRefused()
    {
        Handle<TrackedObjects.Socket> foreign = new(3, 999);
        Assert.Equal(CallStatus.BadHandle, _rig.Sockets.Send(foreign, [1], 0).Status);
        Assert.Equal(CallStatus.BadHandle, _rig.Sockets.Receive(foreign, new byte[1], 0).Status);
        Assert.Equal(CallStatus.BadHandle, _rig.Sockets.Close(foreign).Status);
        _rig.Sockets.Close(_socket);
        Assert.Equal(CallStatus.BadHandle, _rig.Sockets.Send(_socket, [1], 0).Status);
    }
}
