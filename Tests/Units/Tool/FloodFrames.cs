using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Floods;
using NooksOS.Tool.Links;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class FloodFrames
{
    private static readonly TcpEndpoint s_stranger = new(0xC612_0304, 5000);
    private static readonly TcpEndpoint s_peer = new(UserNetwork.GatewayAddress, 40000);

    private readonly byte[] _buffer = new byte[TcpFrame.LongestBytes];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 1)]
    [InlineData(40, 1000)]
    public void AFrameIsReadAsItWasWrittenAndItsChecksumsAreRight(int optionsBytes, int contentBytes)
    {
        TcpSegment segment = new()
        {
            Source = s_stranger,
            Destination = AttackerNetwork.Guest(80),
            Sequence = 0xFFFF_FFFE,
            Acknowledgment = 0x8000_0001,
            Flags = TcpFlags.Push | TcpFlags.Acknowledge,
            Window = 4321,
            Urgent = 7,
        };
        byte[] content = [.. Enumerable.Repeat((byte)0xFF, contentBytes)];
        int length = TcpFrame.WriteToGuest(_buffer, segment, new byte[optionsBytes], content);
        Assert.Equal(TcpFrame.TcpOffset + TcpFrame.TcpBytes + optionsBytes + contentBytes, length);
        Assert.True(TcpFrame.TryRead(_buffer.AsSpan(0, length), out TcpSegment read));
        Assert.Equal(segment, read);
        AssertChecksums(_buffer[..length]);
    }

    [Fact]
    public void WhatIsNoTcpSegmentIsNotReadAsOne()
    {
        int length = TcpFrame.WriteToGuest(_buffer, new TcpSegment { Source = s_stranger, Destination = s_peer }, [], []);
        Assert.False(TcpFrame.TryRead(_buffer.AsSpan(0, length - 1), out _));
        _buffer[TcpFrame.EthernetBytes + 9] = 17;
        Assert.False(TcpFrame.TryRead(_buffer.AsSpan(0, length), out _));
    }

    [Fact]
    public void AFloodAsksEachPortInTurnFromAddressesThatDoNotExist()
    {
        SynFlood flood = new(1, 80, 7);
        HashSet<TcpEndpoint> sources = [];
        for (int turn = 0; turn < 1000; turn++)
        {
            byte[] frame = _buffer[..flood.Write(_buffer)];
            AssertChecksums(frame);
            Assert.True(TcpFrame.TryRead(frame, out TcpSegment segment));
            Assert.Equal(TcpFlags.Synchronize, segment.Flags);
            Assert.Equal(AttackerNetwork.Guest(turn % 2 == 0 ? (ushort)80 : (ushort)7), segment.Destination);
            Assert.True(AttackerNetwork.Contains(segment.Source.Address));
            sources.Add(segment.Source);
        }

        Assert.InRange(sources.Count, 990, 1000);
        Assert.False(AttackerNetwork.Contains(UserNetwork.GatewayAddress));
    }

    [Fact]
    public void TheSameSeedFuzzesTheSameSegmentsAndKnownPeersAreMet()
    {
        FloodWatch watch = Watch(FromGuest(s_peer, 7, TcpFlags.Acknowledge));
        SegmentFuzzer first = new(3, watch, 80, 7);
        SegmentFuzzer second = new(3, watch, 80, 7);
        byte[] other = new byte[TcpFrame.LongestBytes];
        int met = 0;
        int lengthsOfTcp = 0;
        for (int turn = 0; turn < 2000; turn++)
        {
            int length = first.Write(_buffer);
            Assert.Equal(length, second.Write(other));
            Assert.Equal(_buffer.AsSpan(0, length), other.AsSpan(0, length));
            Assert.True(_buffer.AsSpan(0, 6).SequenceEqual(UserNetwork.GuestHardwareAddress));
            Assert.InRange(length, TcpFrame.EthernetBytes, TcpFrame.LongestBytes);
            bool isTcp = TcpFrame.TryRead(_buffer.AsSpan(0, length), out TcpSegment segment);
            lengthsOfTcp += isTcp ? 1 : 0;
            met += isTcp && segment.Source == s_peer && segment.Destination.Port == 7 ? 1 : 0;
        }

        Assert.InRange(lengthsOfTcp, 1400, 1990);
        Assert.InRange(met, 300, 800);
    }

    [Fact]
    public void AnswersToStrangersAreCountedAndGoNowhere()
    {
        FloodWatch watch = new();
        Assert.True(watch.Takes(FromGuest(s_stranger, 80, TcpFlags.Synchronize | TcpFlags.Acknowledge)));
        Assert.True(watch.Takes(FromGuest(s_stranger, 80, TcpFlags.Reset | TcpFlags.Acknowledge)));
        Assert.True(watch.Takes(FromGuest(s_stranger, 80, TcpFlags.Acknowledge)));
        Assert.False(watch.Takes(FromGuest(s_peer, 80, TcpFlags.Synchronize | TcpFlags.Acknowledge)));
        Assert.False(watch.Takes([1, 2, 3]));
        Assert.Equal((1, 1), (watch.Accepted, watch.Refused));
        Assert.Equal([(s_peer, (ushort)80)], watch.Known);
    }

    [Fact]
    public void OnlyTheLastPeersAreRemembered()
    {
        FloodWatch watch = Watch([.. Enumerable.Range(0, 100).Select(number => FromGuest(s_peer with { Port = (ushort)number }, 80, TcpFlags.None))]);
        Assert.Equal(64, watch.Known.Count);
        Assert.Equal(99, watch.Known[^1].Peer.Port);
    }

    [Fact]
    public void TheResultIsGoodOnlyIfTheServiceWentOnAndTheMemoryCameBack()
    {
        FloodDemoResult result = new(new FloodDemoSettings(10, 5, 1000, 1), 10, 0, new ServiceCounts(3, 0, 1.23456))
        {
            MemoryBefore = new GuestMemory(100, 20),
            MemoryAfter = GuestMemory.Parse("""{ "usedPages": 120, "otherPages": 20 }"""),
            ConnectionsAfter = 0,
            Faults = 0,
        };
        Assert.True(result.IsGood);
        Assert.Equal(1.235, result.ServiceLongestMilliseconds);
        Assert.False((result with { ConnectionsAfter = 1 }).IsGood);
        Assert.False((result with { Faults = 1 }).IsGood);
        Assert.False((result with { MemoryAfter = new GuestMemory(120, 21) }).IsGood);
        Assert.False(new FloodDemoResult(new FloodDemoSettings(10, 5, 1000, 1), 10, 0, new ServiceCounts(3, 1, 1))
        {
            MemoryBefore = result.MemoryBefore,
            MemoryAfter = result.MemoryAfter,
            ConnectionsAfter = 0,
            Faults = 0,
        }.IsGood);
    }

    private byte[] FromGuest(TcpEndpoint peer, ushort guestPort, TcpFlags flags)
    {
        TcpSegment segment = new() { Source = AttackerNetwork.Guest(guestPort), Destination = peer, Flags = flags };
        return _buffer[..TcpFrame.WriteToGuest(_buffer, segment, [], [])];
    }

    private static FloodWatch Watch(params byte[][] frames)
    {
        FloodWatch watch = new();
        Assert.All(frames, frame => watch.Takes(frame));
        return watch;
    }

    // Over a field that holds its checksum, the sum is all ones.
    private static void AssertChecksums(byte[] frame)
    {
        byte[] packet = frame[TcpFrame.EthernetBytes..];
        int tcpBytes = packet.Length - TcpFrame.Ipv4Bytes;
        Assert.Equal(0xFFFF, Sum(packet[..TcpFrame.Ipv4Bytes]));
        Assert.Equal(0xFFFF, Sum([.. packet[12..20], 0, packet[9], (byte)(tcpBytes >> 8), (byte)tcpBytes, .. packet[TcpFrame.Ipv4Bytes..]]));
    }

    private static int Sum(byte[] bytes)
    {
        int sum = bytes.Index().Sum(pair => pair.Index % 2 == 0 ? pair.Item << 8 : pair.Item);
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return sum;
    }
}
