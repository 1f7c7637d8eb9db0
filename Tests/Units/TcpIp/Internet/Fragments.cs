using System;
using System.Linq;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Internet;

public class Fragments
{
    private const long Second = 1_000_000_000;

    private readonly StackCounters _counters = new();
    private readonly Reassembler _reassembler;
    private readonly byte[] _payload = new byte[3000];
    private byte[]? _whole;
    private long _now;

    public Fragments()
    {
        _reassembler = new Reassembler(_counters);
        new Random(1).NextBytes(_payload);
    }

    [Fact]
    public void AnyOrderMakesTheSame()
    {
        Random random = new(2);
        for (ushort round = 0; round < 200; round++)
        {
            (int Start, int End)[] pieces = [(0, 800), (800, 1600), (1600, 2400), (2400, 3000), (800, 1600), (0, 800)];
            random.Shuffle(pieces);
            _whole = null;
            foreach ((int start, int end) in pieces)
            {
                if (_whole is null)
                {
                    Give(start, end, round);
                }
            }

            Assert.Equal(_payload, _whole);
        }

        Assert.InRange(_reassembler.Count, 0, Reassembler.Capacity);
    }

    [Theory]
    [InlineData(0, 800, 400, 1200)]
    [InlineData(400, 1200, 0, 800)]
    [InlineData(800, 1600, 0, 2400)]
    [InlineData(2400, 3000, 2400, 3008)]
    [InlineData(2800, 3008, 0, 3000)]
    public void ThoseThatContradictEachOtherAreDropped(int start, int end, int otherStart, int otherEnd)
    {
        Give(start, end);
        Give(otherStart, otherEnd);
        Assert.Equal(0, _reassembler.Count);
        Assert.Equal(1ul, _counters[DropReason.Fragment]);
        Assert.Null(_whole);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 7, true)]
    [InlineData(20_480, 20_488, true)]
    [InlineData(65_528, 65_535, false)]
    public void ThoseThatCannotBeAreRefused(int start, int end, bool moreFollow)
    {
        Ipv4Header header = Header(start, moreFollow, 1);
        Assert.False(_reassembler.TryComplete(header, new byte[end - start], _now, out _, out _));
        Assert.Equal(0, _reassembler.Count);
        Assert.Equal(1ul, _counters[DropReason.Fragment]);
    }

    [Fact]
    public void TheOldestMakesRoom()
    {
        for (ushort identification = 0; identification < 1000; identification++)
        {
            Give(0, 800, identification);
            _now++;
        }

        Assert.Equal(Reassembler.Capacity, _reassembler.Count);
        foreach ((int start, int end) in new[] { (800, 2400), (2400, 3000) })
        {
            Give(start, end, 999);
        }

        Assert.Equal(_payload, _whole);
    }

    [Fact]
    public void TimeRunsOut()
    {
        Give(0, 2400);
        _now += 61 * Second;
        Give(2400, 3000);
        Assert.Null(_whole);
        Assert.Equal(1ul, _counters[DropReason.Fragment]);
    }

    [Fact]
    public void NothingStrangeIsTooMuch()
    {
        Random random = new(3);
        for (int round = 0; round < 100_000; round++)
        {
            int start = 8 * random.Next(400);
            byte[] payload = new byte[random.Next(1500)];
            Ipv4Header header = Header(start, random.Next(2) == 0, (ushort)random.Next(20));
            if (_reassembler.TryComplete(header, payload, _now += Second / 100, out Ipv4Header whole, out ReadOnlySpan<byte> packet))
            {
                Assert.Equal(whole.TotalLength, packet.Length);
                Assert.Equal(Ipv4ParseResult.Ok, Ipv4Header.TryParse(packet, out Ipv4Header read, out _));
                Assert.False(read.IsFragment);
            }
        }
    }

    [Fact]
    public void AnEchoInPiecesIsAnswered()
    {
        StackWithAddress stack = new();
        byte[] data = [.. Enumerable.Range(0, 1000).Select(value => (byte)value)];
        byte[] frame = Packets.Echo(
            stack.Host.Station, stack.Host.Destination, stack.Host.Address, stack.Stack.Address, IcmpType.Echo, 5, data);
        byte[] message = frame[(EthernetHeader.SizeBytes + Ipv4Header.SizeBytes)..];
        foreach ((int start, int end) in new[] { (512, message.Length), (0, 512) })
        {
            Ipv4Header header = new()
            {
                Protocol = IpProtocol.Icmp,
                Source = stack.Host.Address,
                Destination = stack.Stack.Address,
                Identification = 7,
                FragmentOffsetUnits = (ushort)(start / 8),
                MoreFragments = end != message.Length,
            };
            stack.Network.Send(stack.Host, Packets.Ipv4(stack.Host.Station, stack.Host.Destination, header, message.AsSpan(start, end - start)));
        }

        stack.RunMilliseconds(50);
        Assert.Equal(data, Assert.Single(stack.Host.Messages).Data);
    }

    private static Ipv4Header Header(int start, bool moreFollow, ushort identification) => new()
    {
        Protocol = IpProtocol.Udp,
        Source = new Ipv4Address(0x0A00_0001),
        Destination = new Ipv4Address(0x0A00_0002),
        Identification = identification,
        FragmentOffsetUnits = (ushort)(start / 8),
        MoreFragments = moreFollow,
    };

    private void Give(int start, int end, ushort identification = 1)
    {
        byte[] piece = new byte[end - start];
        _payload.AsSpan(start, Math.Min(end, _payload.Length) - start).CopyTo(piece);
        Ipv4Header header = Header(start, end < _payload.Length, identification);
        if (_reassembler.TryComplete(header, piece, _now, out _, out ReadOnlySpan<byte> packet))
        {
            _whole = packet[Ipv4Header.SizeBytes..].ToArray();
        }
    }
}
