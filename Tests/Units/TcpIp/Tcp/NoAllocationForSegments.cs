using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>Once a connection is there, nothing that is received or sent costs memory.</summary>
[Collection(MeasuresMemory.Name)]
public class NoAllocationForSegments
{
    private const int Rounds = 500;
    private const int LeastObjectBytes = 24;

    [Fact]
    public void NeitherOnTheWayInNorOnTheWayOut()
    {
        Circuit circuit = new();
        circuit.Run(Rounds);
        long before = GC.GetAllocatedBytesForCurrentThread();
        circuit.Run(Rounds);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (Rounds * LeastObjectBytes) - 1);
        Assert.True(circuit.Octets > 500_000, $"{circuit.Octets}");
    }

    /// <summary>Two stacks that are wired to each other without anything between them that allocates.</summary>
    private sealed class Circuit
    {
        private readonly End _left;
        private readonly End _right;
        private readonly uint[] _blocks = [0];
        private readonly byte[] _data = new byte[1400];
        private long _now = 1_000_000_000;

        public Circuit()
        {
            _left = new End(new Ipv4Address(0x0A00_0001));
            _right = new End(new Ipv4Address(0x0A00_0002));
            Assert.True(_right.Tcp.TryListen(80));
            ConnectionBlock block = new(_left.Bytes);
            block.Kernel.Generation = 1;
            block.Kernel.Requests = ConnectionRequests.Connect;
            block.Kernel.RemoteAddress = _right.Address.Value;
            block.Kernel.RemotePort = 80;
            _left.Tcp.Kick(_blocks, _now);
            Exchange();
            Assert.Equal(ConnectionState.Established, new ConnectionBlock(_right.Bytes).Transport.State);
        }

        public long Octets { get; private set; }

        public void Run(int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                _now += 10_000_000;
                ConnectionBlock block = new(_left.Bytes);
                ConnectionRing.Write(block.SendRing, block.Kernel.SendWritten, _data);
                block.Kernel.SendWritten += (ulong)_data.Length;
                _left.Tcp.Kick(_blocks, _now);
                Exchange();
                ConnectionBlock other = new(_right.Bytes);
                Octets += (long)(other.Transport.ReceiveWritten - other.Kernel.ReceiveRead);
                other.Kernel.ReceiveRead = other.Transport.ReceiveWritten;
                _right.Tcp.Kick(_blocks, _now);
                _left.Tcp.OnTimer(_now);
                _right.Tcp.OnTimer(_now);
                Exchange();
            }
        }

        private void Exchange()
        {
            bool isBusy;
            do
            {
                _left.Complete(_now);
                _right.Complete(_now);
                isBusy = _left.Deliver(_right, _now) | _right.Deliver(_left, _now);
            }
            while (isBusy);
        }
    }

    private sealed class End : ISegmentCarrier, ITransportHost, IConnectionMemory
    {
        private readonly byte[] _segments = new byte[64 * 1500];
        private readonly int[] _lengths = new int[64];
        private int _count;

        public End(Ipv4Address address)
        {
            Address = address;
            Tcp = new TcpLayer(this, this, this, new SipHash(1, address.Value), new RandomSequence(1), new StackCounters());
        }

        public TcpLayer Tcp { get; }

        public byte[] Bytes { get; } = new byte[ConnectionBlock.SmallBlockBytes];

        public Ipv4Address Address { get; }

        public bool IsReady => true;

        public int DatagramBytes => 1500;

        public bool HasRoom => _count < _lengths.Length;

        public uint BlockLimit => 1;

        public Span<byte> GetBlock(uint block) => Bytes;

        public bool TryReserve(in Ipv4Flow flow, int segmentBytes, long nowNanoseconds, out Span<byte> segment)
        {
            _lengths[_count] = segmentBytes;
            segment = _segments.AsSpan(1500 * _count++, segmentBytes);
            return true;
        }

        public void Complete(long nowNanoseconds)
        {
            Tcp.Send(nowNanoseconds);
            Tcp.Signal();
        }

        public bool Deliver(End to, long nowNanoseconds)
        {
            int count = _count;
            _count = 0;
            for (int index = 0; index < count; index++)
            {
                ReadOnlySpan<byte> segment = _segments.AsSpan(1500 * index, _lengths[index]);
                Ipv4Datagram datagram = new()
                {
                    Source = Address,
                    Destination = to.Address,
                    IsBroadcast = false,
                    Packet = segment,
                    Payload = segment,
                };
                to.Tcp.Receive(datagram, nowNanoseconds);
            }

            return count != 0;
        }

        public CallResult<AcceptedConnection> AcceptConnection(ushort localPort, uint remoteAddress, ushort remotePort)
        {
            new ConnectionBlock(Bytes).Kernel.Generation = 1;
            return CallResult<AcceptedConnection>.Ok(new AcceptedConnection(0, 1));
        }

        public CallResult Signal(ReadOnlySpan<uint> blocks) => CallResult.Ok;

        public CallResult<ConnectionMemoryDescription> Register() => throw new NotSupportedException();

        public CallResult<uint> ReceiveDatagrams(ReadOnlySpan<byte> batch) => throw new NotSupportedException();

        public CallResult Resolved(uint query, uint address, CallStatus outcome) => throw new NotSupportedException();
    }
}
