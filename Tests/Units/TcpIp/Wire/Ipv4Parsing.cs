using System;
using System.Buffers.Binary;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Wire;

public class Ipv4Parsing
{
    private static readonly Ipv4Header s_header = new()
    {
        TotalLength = 20 + 8,
        Identification = 0x1234,
        DontFragment = true,
        TimeToLive = 64,
        Protocol = IpProtocol.Udp,
        Source = new Ipv4Address(0x0A00_0202),
        Destination = new Ipv4Address(0x0A00_020F),
    };

    [Fact]
    public void OctetsLieWhereTheRfcSays()
        => Assert.Equal("4500001C123440004011108D" + "0A000202" + "0A00020F", Convert.ToHexString(Written(s_header).AsSpan(0, 20)));

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        Random random = new(5);
        for (int round = 0; round < 1000; round++)
        {
            Ipv4Header header = new()
            {
                TotalLength = (ushort)random.Next(20, 1500),
                TypeOfService = (byte)random.Next(256),
                Identification = (ushort)random.Next(0x10000),
                DontFragment = random.Next(2) == 1,
                MoreFragments = random.Next(2) == 1,
                FragmentOffsetUnits = (ushort)random.Next(0x2000),
                TimeToLive = (byte)random.Next(256),
                Protocol = (IpProtocol)random.Next(256),
                Source = new Ipv4Address((uint)random.NextInt64(1L << 32)),
                Destination = new Ipv4Address((uint)random.NextInt64(1L << 32)),
            };
            Ipv4ParseResult result = Ipv4Header.TryParse(Written(header), out Ipv4Header read, out ReadOnlySpan<byte> payload);
            Assert.Equal(Ipv4ParseResult.Ok, result);
            Assert.Equal(header, read);
            Assert.Equal(header.TotalLength - 20, payload.Length);
        }
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] data = Written(s_header);
        for (int length = 0; length < data.Length; length++)
        {
            Assert.Equal(Ipv4ParseResult.Truncated, Ipv4Header.TryParse(data.AsSpan(0, length), out _, out _));
        }
    }

    [Fact]
    public void PaddingIsNotPayload()
    {
        byte[] padded = [.. Written(s_header), 1, 2, 3];
        Assert.Equal(Ipv4ParseResult.Ok, Ipv4Header.TryParse(padded, out _, out ReadOnlySpan<byte> payload));
        Assert.Equal(8, payload.Length);
    }

    [Fact]
    public void EveryFlippedBitOfTheHeaderIsNoticed()
    {
        for (int bit = 0; bit < 20 * 8; bit++)
        {
            byte[] data = Written(s_header);
            data[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(Ipv4ParseResult.Ok, Ipv4Header.TryParse(data, out _, out _));
        }
    }

    [Theory]
    [InlineData(0x55, Ipv4ParseResult.BadVersion)]
    [InlineData(0x05, Ipv4ParseResult.BadVersion)]
    [InlineData(0x65, Ipv4ParseResult.BadVersion)]
    [InlineData(0x44, Ipv4ParseResult.BadHeaderLength)]
    [InlineData(0x40, Ipv4ParseResult.BadHeaderLength)]
    [InlineData(0x4F, Ipv4ParseResult.BadHeaderLength)]
    internal void VersionAndHeaderLengthAreChecked(byte first, Ipv4ParseResult expected)
    {
        byte[] data = Written(s_header);
        data[0] = first;
        Seal(data, 20);
        Assert.Equal(expected, Ipv4Header.TryParse(data, out _, out _));
    }

    [Theory]
    [InlineData(0, Ipv4ParseResult.BadHeaderLength)]
    [InlineData(19, Ipv4ParseResult.BadHeaderLength)]
    [InlineData(20, Ipv4ParseResult.Ok)]
    [InlineData(28, Ipv4ParseResult.Ok)]
    [InlineData(29, Ipv4ParseResult.Truncated)]
    [InlineData(0xFFFF, Ipv4ParseResult.Truncated)]
    internal void TotalLengthIsChecked(ushort totalLength, Ipv4ParseResult expected)
    {
        byte[] data = Written(s_header);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(2), totalLength);
        Seal(data, 20);
        Assert.Equal(expected, Ipv4Header.TryParse(data, out _, out _));
    }

    [Theory]
    [InlineData("01010100", Ipv4ParseResult.Ok)] // No operation, then end
    [InlineData("00FFFFFF", Ipv4ParseResult.Ok)] // Nothing counts after the end
    [InlineData("94040000", Ipv4ParseResult.Ok)] // Router alert
    [InlineData("94000000", Ipv4ParseResult.BadOptions)]
    [InlineData("94010000", Ipv4ParseResult.BadOptions)]
    [InlineData("94050000", Ipv4ParseResult.BadOptions)]
    [InlineData("01010194", Ipv4ParseResult.BadOptions)]
    [InlineData("83040400", Ipv4ParseResult.SourceRouted)]
    [InlineData("89040400", Ipv4ParseResult.SourceRouted)]
    internal void OptionsAreWalkedWithinTheHeader(string options, Ipv4ParseResult expected)
    {
        byte[] data = [.. Written(s_header with { TotalLength = 24 }).AsSpan(0, 20), .. Convert.FromHexString(options)];
        data[0] = 0x46;
        Seal(data, 24);
        Assert.Equal(expected, Ipv4Header.TryParse(data, out Ipv4Header read, out ReadOnlySpan<byte> payload));
        Assert.Equal(24, read.HeaderBytes);
        Assert.True(payload.IsEmpty);
    }

    [Fact]
    public void AddressesAreTold()
    {
        Assert.True(new Ipv4Address(0x0A00_0202).IsHost);
        Assert.False(Ipv4Address.None.IsHost);
        Assert.False(Ipv4Address.LimitedBroadcast.IsHost);
        Assert.False(new Ipv4Address(0x7F00_0001).IsHost);
        Assert.False(new Ipv4Address(0xE000_0001).IsHost);
        Assert.False(new Ipv4Address(0xF000_0001).IsHost);
        Assert.Equal("10.0.2.15", new Ipv4Address(0x0A00_020F).ToString());
        Assert.Equal(0xFF00_0000, new Ipv4Address(0x0A00_0202).ClassMask);
        Assert.Equal(0xFFFF_0000, new Ipv4Address(0xAC10_0001).ClassMask);
        Assert.Equal(0xFFFF_FF00, new Ipv4Address(0xC0A8_0001).ClassMask);
    }

    private static byte[] Written(in Ipv4Header header)
    {
        byte[] data = new byte[header.TotalLength];
        header.Write(data);
        return data;
    }

    private static void Seal(byte[] data, int headerBytes)
    {
        data.AsSpan(10, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(10), InternetChecksum.Compute(data.AsSpan(0, headerBytes)));
    }
}
