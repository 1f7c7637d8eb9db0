using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Wire;

public class ArpParsing
{
    private static readonly ArpPacket s_packet = new(
        ArpOperation.Request, new MacAddress(0x5634_1200_5452), new Ipv4Address(0x0A00_020F), default, new Ipv4Address(0x0A00_0202));

    [Fact]
    public void OctetsLieWhereTheRfcSays()
        => Assert.Equal("0001080006040001" + "525400123456" + "0A00020F" + "000000000000" + "0A000202", Convert.ToHexString(Written(s_packet)));

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        Random random = new(4);
        for (int round = 0; round < 1000; round++)
        {
            ArpPacket packet = new(
                (ArpOperation)random.Next(1, 3),
                new MacAddress(((ulong)random.NextInt64(1L << 48) & ~1ul) | 2),
                new Ipv4Address((uint)random.NextInt64(1L << 32)),
                new MacAddress((ulong)random.NextInt64(1L << 48)),
                new Ipv4Address((uint)random.NextInt64(1L << 32)));
            Assert.True(ArpPacket.TryParse(Written(packet), out ArpPacket read));
            Assert.Equal(packet, read);
        }
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] data = Written(s_packet);
        for (int length = 0; length < data.Length; length++)
        {
            Assert.False(ArpPacket.TryParse(data.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [InlineData(1, 6)] // IEEE 802 networks
    [InlineData(2, 0x86)] // another protocol
    [InlineData(4, 8)]
    [InlineData(4, 0)]
    [InlineData(5, 16)]
    [InlineData(5, 0)]
    [InlineData(7, 0)]
    [InlineData(7, 3)] // RARP
    [InlineData(8, 0x53)] // a group as the sender
    public void EachWrongFieldIsRefused(int offset, byte value)
    {
        byte[] data = Written(s_packet);
        data[offset] = value;
        Assert.False(ArpPacket.TryParse(data, out _));
    }

    [Fact]
    public void NoStationCannotBeTheSender()
        => Assert.False(ArpPacket.TryParse(Written(s_packet with { SenderHardware = default }), out _));

    private static byte[] Written(ArpPacket packet)
    {
        byte[] data = new byte[28];
        packet.Write(data);
        return data;
    }
}
