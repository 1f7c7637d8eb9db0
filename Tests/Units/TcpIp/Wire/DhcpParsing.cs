using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Wire;

public class DhcpParsing
{
    private static readonly DhcpMessage s_offer = new()
    {
        Operation = DhcpOperation.Reply,
        Type = DhcpMessageType.Offer,
        Transaction = 0x1234_5678,
        YourAddress = new Ipv4Address(0x0A00_020F),
        ClientHardware = new MacAddress(0x5634_1200_5452),
        ServerIdentifier = new Ipv4Address(0x0A00_0202),
        SubnetMask = 0xFFFF_FF00,
        Router = new Ipv4Address(0x0A00_0202),
        NameServer = new Ipv4Address(0x0A00_0203),
        LeaseSeconds = 86400,
    };

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        Random random = new(8);
        byte[] data = new byte[DhcpMessage.MaximumBytes];
        for (int round = 0; round < 1000; round++)
        {
            uint Sometimes() => random.Next(2) == 0 ? 0 : (uint)random.NextInt64(1L << 32);
            DhcpMessage message = new()
            {
                Operation = (DhcpOperation)random.Next(1, 3),
                Type = (DhcpMessageType)random.Next(1, 9),
                Transaction = Sometimes(),
                Seconds = (ushort)random.Next(0x10000),
                Broadcast = random.Next(2) == 1,
                ClientAddress = new Ipv4Address(Sometimes()),
                YourAddress = new Ipv4Address(Sometimes()),
                ClientHardware = new MacAddress((ulong)random.NextInt64(1L << 48)),
                RequestedAddress = new Ipv4Address(Sometimes()),
                ServerIdentifier = new Ipv4Address(Sometimes()),
                SubnetMask = Sometimes(),
                Router = new Ipv4Address(Sometimes()),
                NameServer = new Ipv4Address(Sometimes()),
                LeaseSeconds = Sometimes(),
                RenewalSeconds = Sometimes(),
                RebindingSeconds = Sometimes(),
            };
            int length = message.Write(data);
            Assert.InRange(length, DhcpMessage.MinimumBytes, DhcpMessage.MaximumBytes);
            Assert.True(DhcpMessage.TryParse(data.AsSpan(0, length), out DhcpMessage read));
            Assert.Equal(message, read);
        }
    }

    [Fact]
    public void TruncationsNeverThrowAndLackWhatIsCutOff()
    {
        byte[] data = Written(s_offer);
        for (int length = 0; length < data.Length; length++)
        {
            bool parsed = DhcpMessage.TryParse(data.AsSpan(0, length), out DhcpMessage read);
            Assert.False(parsed && length < DhcpMessage.OptionsOffset + 3);
            Assert.Equal(parsed ? DhcpMessageType.Offer : DhcpMessageType.None, read.Type);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(1, 6)]
    [InlineData(2, 16)]
    [InlineData(236, 0)]
    [InlineData(239, 0)]
    [InlineData(240, 0xFF)] // no type at all
    [InlineData(241, 2)] // a type of two octets
    [InlineData(241, 0)]
    [InlineData(242, 0)]
    [InlineData(242, 9)]
    public void EachWrongFieldIsRefused(int offset, byte value)
    {
        byte[] data = Written(s_offer);
        data[offset] = value;
        Assert.False(DhcpMessage.TryParse(data, out _));
    }

    [Theory]
    [InlineData("3603010203")]
    [InlineData("360501020304FF")]
    [InlineData("3300")]
    [InlineData("0300")]
    [InlineData("0303010203")]
    [InlineData("0105010203FF00")]
    [InlineData("3AFF")]
    [InlineData("3C05AA")]
    public void EachBrokenOptionIsRefused(string option)
        => Assert.False(DhcpMessage.TryParse(WithOptions([0x35, 1, 2, .. Convert.FromHexString(option)]), out _));

    [Fact]
    public void UnknownOptionsAndPaddingAreSkipped()
    {
        byte[] data = WithOptions([0, 0, 0x35, 1, 5, 0, 0x0F, 3, 1, 2, 3, 0x33, 4, 0, 0, 0, 9, 0xFF, 0x33]);
        Assert.True(DhcpMessage.TryParse(data, out DhcpMessage read));
        Assert.Equal(DhcpMessageType.Acknowledge, read.Type);
        Assert.Equal(9u, read.LeaseSeconds);
    }

    [Fact]
    public void TheFirstRouterOfAListCounts()
    {
        Assert.True(DhcpMessage.TryParse(WithOptions([0x35, 1, 2, 3, 8, 10, 0, 2, 2, 10, 0, 2, 3]), out DhcpMessage read));
        Assert.Equal(new Ipv4Address(0x0A00_0202), read.Router);
    }

    [Fact]
    public void OptionsOverflowIntoTheOtherFieldsWhenToldSo()
    {
        byte[] data = WithOptions([0x35, 1, 2, 0x34, 1, 3]);
        ((ReadOnlySpan<byte>)[0x33, 4, 0, 0, 0, 7, 0xFF]).CopyTo(data.AsSpan(DhcpMessage.FileOffset));
        ((ReadOnlySpan<byte>)[0x36, 4, 10, 0, 2, 2, 0xFF]).CopyTo(data.AsSpan(DhcpMessage.ServerNameOffset));
        Assert.True(DhcpMessage.TryParse(data, out DhcpMessage read));
        Assert.Equal(7u, read.LeaseSeconds);
        Assert.Equal(new Ipv4Address(0x0A00_0202), read.ServerIdentifier);

        data[DhcpMessage.ServerNameOffset + 1] = 200;
        Assert.False(DhcpMessage.TryParse(data, out _));
    }

    private static byte[] Written(in DhcpMessage message)
    {
        byte[] data = new byte[DhcpMessage.MaximumBytes];
        return data[..message.Write(data)];
    }

    private static byte[] WithOptions(byte[] options) => [.. Written(s_offer).AsSpan(0, DhcpMessage.OptionsOffset), .. options];
}
