using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Link;

public class BatchingOfFrames
{
    private const int Batches = 3;
    private readonly OutgoingFrames _outgoing = new(Batches);

    [Fact]
    public void NoMoreWaitThanThereIsRoomFor()
    {
        for (int round = 0; round < 3; round++)
        {
            for (int frame = 0; frame < Batches * PacketBatch.MaximumFrames; frame++)
            {
                Assert.True(TryAdd((byte)frame, PacketBatch.MaximumFrameBytes));
            }

            Assert.False(TryAdd(0, 60));
            Assert.Equal(Enumerable.Range(0, Batches * PacketBatch.MaximumFrames), Drain().Select(frame => (int)frame[0]));
        }
    }

    [Fact]
    public void ImpossibleFramesAreRefused()
    {
        Assert.False(TryAdd(0, PacketBatch.MaximumFrameBytes + 1));
        Assert.True(TryAdd(1, 60));
        Assert.False(TryAdd(0, PacketBatch.MaximumFrameBytes + 1));
        Assert.Equal([1], Drain().Select(frame => (int)frame[0]));
        Assert.Empty(Drain());
    }

    [Fact]
    public void ABatchThatWasTakenIsLeftAlone()
    {
        Assert.True(TryAdd(1, 60));
        Assert.True(_outgoing.TryTake(out FrameBatch? taken));
        byte[] before = taken.Bytes.ToArray();
        Assert.True(TryAdd(2, 60));
        Assert.True(taken.Bytes.SequenceEqual(before));
        FrameBatch? returned = taken;
        _outgoing.Return(ref returned);
        Assert.Null(returned);
        Assert.Equal([2], Drain().Select(frame => (int)frame[0]));
    }

    [Fact]
    public void AnotherThreadMayEnterWhileThisOneIsInTheKernel()
    {
        // A domain is given up while its thread is in the kernel: here the kernel's part runs what the other thread would.
        MacAddress station = new(0x5634_1200_5452);
        MacAddress peer = new(0x0A00_0000_0002);
        Ipv4Address address = new(0x0A00_020F);
        Ipv4Address peerAddress = new(0x0A00_0214);
        Kernel kernel = new();
        IStateStore store = new StateStore().For("tcpip");
        StackMemory memory = new(store);
        memory.SaveLease(station, new DhcpLease
        {
            Address = address,
            SubnetMask = 0xFFFF_FF00,
            Server = peerAddress,
            LeaseSeconds = 1000,
            RenewAt = long.MaxValue,
            RebindAt = long.MaxValue,
            ExpiresAt = long.MaxValue,
        });
        memory.SaveNeighbors(station, [new KnownNeighbor(peerAddress, peer)]);
        NetworkInterface network = new(kernel, store, 1);
        network.Attach(station, 1500, true, 0);
        kernel.Frames.Clear();

        ushort sequence = 0;
        kernel.WhileTransmitting = () =>
        {
            if (sequence < 1000)
            {
                Assert.True(network.TryPing(peerAddress, sequence++, 0));
            }
        };
        byte[] batch = new byte[PacketBatch.MaximumBytes];
        int used = 0;
        for (byte frame = 0; frame < PacketBatch.MaximumFrames; frame++)
        {
            PacketBatch.TryAppend(batch, ref used, Packets.Udp(peer, station, peerAddress, address, 5000, 7, [frame]));
        }

        for (int round = 0; round < 500; round++)
        {
            network.Receive(kernel, batch.AsSpan(0, used), 0);
            kernel.Depth = 0;
        }

        Assert.Equal(0ul, network.Counters[DropReason.OutgoingOverflow]);
        kernel.Frames.RemoveAll(frame => frame[13] == ((int)EtherType.Arp & 0xFF));
        Assert.All(kernel.Frames, frame => Assert.Equal(Ipv4ParseResult.Ok, Ipv4Header.TryParse(frame.AsSpan(14), out _, out _)));
        Assert.Equal((500 * PacketBatch.MaximumFrames) + sequence, kernel.Frames.Count);
    }

    private bool TryAdd(byte first, int frameBytes)
    {
        if (!_outgoing.TryReserve(frameBytes, out Span<byte> frame))
        {
            return false;
        }

        frame[0] = first;
        return true;
    }

    private List<byte[]> Drain()
    {
        List<byte[]> frames = [];
        while (_outgoing.TryTake(out FrameBatch? batch))
        {
            ReadOnlySpan<byte> rest = batch.Bytes;
            while (PacketBatch.TryRead(ref rest, out ReadOnlySpan<byte> frame))
            {
                frames.Add(frame.ToArray());
            }

            _outgoing.Return(ref batch);
        }

        return frames;
    }

    private sealed class Kernel : IFrameTransmitter
    {
        public List<byte[]> Frames { get; } = [];

        public Action? WhileTransmitting { get; set; }

        public int Depth { get; set; }

        public uint Transmit(ReadOnlySpan<byte> batch)
        {
            // As many threads as could be there at once.
            if (Depth++ < 4)
            {
                WhileTransmitting?.Invoke();
            }

            uint frames = 0;
            while (PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame))
            {
                Frames.Add(frame.ToArray());
                frames++;
            }

            return frames;
        }
    }
}
