using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Wire;

public class EthernetParsing
{
    private static readonly EthernetHeader s_header = new(
        new MacAddress(0x5634_1200_5452), new MacAddress(0x0202_000A_5552), EtherType.Ipv4);

    [Fact]
    public void OctetsLieWhereTheStandardSays()
    {
        byte[] frame = new byte[14];
        s_header.Write(frame);
        Assert.Equal("5254001234565255" + "0A0002020800", Convert.ToHexString(frame));
    }

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        Random random = new(3);
        byte[] frame = new byte[14];
        for (int round = 0; round < 1000; round++)
        {
            EthernetHeader header = new(
                new MacAddress((ulong)random.NextInt64(1L << 48)),
                new MacAddress((ulong)random.NextInt64(1L << 48) & ~1ul),
                (EtherType)random.Next(0x10000));
            header.Write(frame);
            Assert.True(EthernetHeader.TryParse(frame, out EthernetHeader read));
            Assert.Equal(header, read);
        }
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] frame = new byte[14];
        s_header.Write(frame);
        for (int length = 0; length < frame.Length; length++)
        {
            Assert.False(EthernetHeader.TryParse(frame.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void AGroupCannotBeTheSource()
    {
        byte[] frame = new byte[14];
        (s_header with { Source = new MacAddress(s_header.Source.Bits | 1) }).Write(frame);
        Assert.False(EthernetHeader.TryParse(frame, out _));
    }
}
