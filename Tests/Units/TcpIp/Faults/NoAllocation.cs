using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Faults;

/// <summary>Packets cost no memory, so that no traffic can bring the collector to work, or the quota to its end.</summary>
[Collection(MeasuresMemory.Name)]
public class NoAllocation
{
    private const int Rounds = 1000;
    private const int LeastObjectBytes = 24;

    private readonly Sink _sink = new();
    private readonly NetworkInterface _interface;
    private readonly MacAddress _station = new(0x5634_1200_5452);
    private readonly MacAddress _peer = new(0x0A00_0000_0002);
    private readonly Ipv4Address _address = new(0x0A00_020F);
    private readonly Ipv4Address _peerAddress = new(0x0A00_0214);

    public NoAllocation()
    {
        IStateStore store = new StateStore().For("tcpip");
        StackMemory memory = new(store);
        memory.SaveLease(_station, new DhcpLease
        {
            Address = _address,
            SubnetMask = 0xFFFF_FF00,
            Server = _peerAddress,
            LeaseSeconds = 1000,
            RenewAt = long.MaxValue,
            RebindAt = long.MaxValue,
            ExpiresAt = long.MaxValue,
        });
        memory.SaveNeighbors(_station, [new KnownNeighbor(_peerAddress, _peer)]);
        _interface = new NetworkInterface(_sink, store, 1);
        _interface.Attach(_station, 1500, true, 0);
    }

    [Fact]
    public void NotForEchoesNorForArpNorForRefusals()
    {
        List<byte[]> frames =
        [
            Packets.Udp(_peer, _station, _peerAddress, _address, 5000, 7, new byte[1000]),
            Packets.Echo(_peer, _station, _peerAddress, _address, IcmpType.Echo, 1, new byte[100]),
            Packets.Arp(_peer, _station, new ArpPacket(ArpOperation.Request, _peer, _peerAddress, default, _address)),
            Packets.Udp(_peer, _station, _peerAddress, _address, 5000, 99, new byte[10]),
            Packets.Udp(_peer, _station, new Ipv4Address(0x0A00_0277), _address, 5000, 7, new byte[10]),
            new byte[60],
        ];
        byte[] batch = new byte[PacketBatch.MaximumBytes];
        int used = 0;
        foreach (byte[] frame in frames)
        {
            Assert.True(PacketBatch.TryAppend(batch, ref used, frame));
        }

        Run(batch.AsSpan(0, used), 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(batch.AsSpan(0, used), Rounds);

        // The just-in-time compiler may allocate on this thread, once; a packet that does would do so in every round.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (Rounds * LeastObjectBytes) - 1);
        Assert.True(_sink.Frames > 3000);
    }

    private void Run(ReadOnlySpan<byte> batch, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            _interface.Receive(_sink, batch, round * 1_000_000L);
            _interface.OnTimer(round * 1_000_000L);
        }
    }

    private sealed class Sink : IFrameTransmitter
    {
        public uint Frames { get; private set; }

        public uint Transmit(ReadOnlySpan<byte> batch)
        {
            uint frames = 0;
            while (PacketBatch.TryRead(ref batch, out _))
            {
                frames++;
            }

            Frames += frames;
            return frames;
        }
    }
}
