using System;
using System.Buffers.Binary;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Internet;

/// <summary>Each packet here is an echo request of UDP with one thing wrong, and must be counted under its reason and not answered.</summary>
public class WhatIsDropped
{
    private const int Ip = 14;
    private const int UdpStart = Ip + 20;
    private readonly StackWithAddress _rig = new();

    [Fact]
    public void NothingIfNothingIsWrong()
    {
        Inject(Good());
        Assert.Single(_rig.Host.Datagrams);
    }

    [Theory]
    [InlineData(DropReason.EthernetMalformed, 6, 0x03)]
    [InlineData(DropReason.NotForUs, 5, 0x99)]
    [InlineData(DropReason.NotForUs, 0, 0x01)] // a group that we never joined
    [InlineData(DropReason.NotForUs, 12, 0x86)]
    [InlineData(DropReason.NotForUs, 12, 0x00)] // IEEE 802.3
    internal void Frames(DropReason reason, int offset, byte value) => Refused(reason, frame => frame[offset] = value);

    [Theory]
    [InlineData(DropReason.Ipv4Malformed, 0, 0x55)]
    [InlineData(DropReason.Ipv4Malformed, 0, 0x44)]
    [InlineData(DropReason.Ipv4Malformed, 0, 0x4F)]
    [InlineData(DropReason.Ipv4Malformed, 2, 0xFF)]
    [InlineData(DropReason.Ipv4Malformed, 3, 0x13)]
    [InlineData(DropReason.Ipv4Checksum, 11, 0x99)]
    [InlineData(DropReason.Fragment, 6, 0x20)]
    [InlineData(DropReason.NotForUs, 19, 0x77)]
    [InlineData(DropReason.NotForUs, 16, 0xE0)]
    internal void Ipv4(DropReason reason, int offset, byte value) => Refused(reason, frame =>
    {
        frame[Ip + offset] = value;
        if (reason != DropReason.Ipv4Checksum)
        {
            SealHeader(frame);
        }
    });

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x7F00_0001u)]
    [InlineData(0xE000_0001u)]
    [InlineData(0xF000_0001u)]
    [InlineData(0x0A00_02FFu)]
    [InlineData(0x0A00_020Fu)] // our own: the "land" attack
    public void Sources(uint source) => Refused(DropReason.Ipv4BadSource, frame =>
    {
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(Ip + 12), source);
        SealHeader(frame);
    });

    [Fact]
    public void ADatagramForOneInAFrameForAll() => Refused(DropReason.Ipv4BroadcastToHost, frame => frame.AsSpan(0, 6).Fill(0xFF));

    [Theory]
    [InlineData(DropReason.UdpMalformed, 5, 7)]
    [InlineData(DropReason.UdpMalformed, 4, 0xFF)]
    [InlineData(DropReason.UdpMalformed, 3, 0)]
    [InlineData(DropReason.UdpChecksum, 7, 0x99)]
    [InlineData(DropReason.UdpChecksum, 8, 0x99)]
    internal void Udp(DropReason reason, int offset, byte value) => Refused(reason, frame => frame[UdpStart + offset] = value);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void EchoesThatWouldNeverEnd(ushort sourcePort)
    {
        Inject(Packets.Udp(_rig.Host.Station, _rig.Stack.Station, _rig.Host.Address, _rig.Stack.Address, sourcePort, 7, [1]));
        Assert.Equal(1ul, _rig.Counters[DropReason.EchoRefused]);
        Assert.Empty(_rig.Network.Sent);
    }

    [Theory]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x0A00_02FFu)]
    public void EchoesOfBroadcasts(uint destination)
    {
        Inject(Packets.Udp(
            _rig.Host.Station, MacAddress.Broadcast, _rig.Host.Address, new Ipv4Address(destination), 5000, 7, [1]));
        Inject(Packets.Echo(
            _rig.Host.Station, MacAddress.Broadcast, _rig.Host.Address, new Ipv4Address(destination), IcmpType.Echo, 1, [1]));
        Assert.Equal(2ul, _rig.Counters[DropReason.EchoRefused]);
        Assert.Empty(_rig.Network.Sent);
    }

    [Fact]
    public void TimeToLiveIsNoneOfOurBusiness()
    {
        // RFC 1122 §3.2.1.7: a host must not discard a datagram because of a time to live below two.
        byte[] frame = Good();
        frame[Ip + 8] = 0;
        SealHeader(frame);
        Inject(frame);
        Assert.Single(_rig.Host.Datagrams);
    }

    [Fact]
    public void OptionsAreSkipped()
    {
        byte[] good = Good();
        byte[] frame = [.. good.AsSpan(0, UdpStart), 0x94, 4, 0, 0, .. good.AsSpan(UdpStart)];
        frame[Ip] = 0x46;
        frame[Ip + 3] += 4;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Ip + 10), 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Ip + 10), InternetChecksum.Compute(frame.AsSpan(Ip, 24)));
        Inject(frame);
        Assert.Single(_rig.Host.Datagrams);
    }

    [Fact]
    public void EveryTruncation()
    {
        byte[] good = Good();
        for (int length = 1; length < Ip + 20 + 8 + 4; length++)
        {
            _rig.Stack.Receive(Batch(good[..length]), _rig.Network.Now);
        }

        _rig.RunMilliseconds(5);
        Assert.Empty(_rig.Network.Sent);
        StackStatistics statistics = _rig.Counters.ToStatistics();
        Assert.Equal((ulong)(Ip + 20 + 8 + 4 - 1), statistics.MalformedFrames);
    }

    private byte[] Good() => Packets.Udp(
        _rig.Host.Station, _rig.Stack.Station, _rig.Host.Address, _rig.Stack.Address, 5000, 7, [1, 2, 3, 4]);

    private void Refused(DropReason reason, Action<byte[]> change)
    {
        ulong before = _rig.Counters[reason];
        byte[] frame = Good();
        change(frame);
        Inject(frame);
        Assert.Equal(before + 1, _rig.Counters[reason]);
        Assert.Empty(_rig.Network.Sent);
    }

    private void Inject(byte[] frame)
    {
        _rig.Stack.Receive(Batch(frame), _rig.Network.Now);
        _rig.RunMilliseconds(5);
    }

    private static void SealHeader(byte[] frame)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Ip + 10), 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Ip + 10), InternetChecksum.Compute(frame.AsSpan(Ip, 20)));
    }

    private static byte[] Batch(byte[] frame)
    {
        byte[] batch = new byte[frame.Length + 2];
        int used = 0;
        Assert.True(PacketBatch.TryAppend(batch, ref used, frame));
        return batch;
    }
}
