using System;
using System.Buffers.Binary;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Wire;

public class IcmpAndUdpParsing
{
    private static readonly Ipv4Address s_source = new(0x0A00_0202);
    private static readonly Ipv4Address s_destination = new(0x0A00_020F);

    [Fact]
    public void IcmpReadsWhatItWrote()
    {
        Random random = new(6);
        for (int round = 0; round < 1000; round++)
        {
            byte[] message = new byte[8 + random.Next(100)];
            random.NextBytes(message);
            IcmpMessage header = new((IcmpType)random.Next(256), (byte)random.Next(256), (uint)random.NextInt64(1L << 32));
            header.Write(message);
            Assert.True(IcmpMessage.TryParse(message, out IcmpMessage read, out ReadOnlySpan<byte> data));
            Assert.Equal(header, read);
            Assert.True(IcmpMessage.HasValidChecksum(message));
            Assert.Equal(message.Length - 8, data.Length);
            message[random.Next(message.Length)] ^= 0x10;
            Assert.False(IcmpMessage.HasValidChecksum(message));
        }
    }

    [Fact]
    public void IcmpEchoOctetsLieWhereTheRfcSays()
    {
        byte[] message = new byte[8];
        new IcmpMessage(IcmpType.Echo, 0, IcmpMessage.EchoParameter(0x1234, 0x5678)).Write(message);
        Assert.Equal("08008F5312345678", Convert.ToHexString(message));
        Assert.True(IcmpMessage.TryParse(message, out IcmpMessage read, out _));
        Assert.Equal((0x1234, 0x5678), (read.Identifier, read.Sequence));
    }

    [Fact]
    public void IcmpTruncationsAreRefused()
    {
        for (int length = 0; length < 8; length++)
        {
            Assert.False(IcmpMessage.TryParse(new byte[length], out _, out _));
        }
    }

    [Fact]
    public void UdpReadsWhatItWrote()
    {
        Random random = new(7);
        for (int round = 0; round < 1000; round++)
        {
            byte[] datagram = new byte[8 + random.Next(1400)];
            random.NextBytes(datagram);
            UdpHeader header = new((ushort)random.Next(0x10000), (ushort)random.Next(0x10000), (ushort)datagram.Length);
            header.Write(datagram, s_source, s_destination);
            Assert.True(UdpHeader.TryParse(datagram, out UdpHeader read, out ReadOnlySpan<byte> whole));
            Assert.Equal(header, read);
            Assert.True(UdpHeader.HasValidChecksum(whole, s_source, s_destination));
            Assert.False(UdpHeader.HasValidChecksum(whole, s_source, new Ipv4Address(s_destination.Value + 1)));
        }
    }

    [Fact]
    public void UdpTruncationsAreRefused()
    {
        byte[] datagram = new byte[20];
        new UdpHeader(1, 2, 20).Write(datagram, s_source, s_destination);
        for (int length = 0; length < datagram.Length; length++)
        {
            Assert.False(UdpHeader.TryParse(datagram.AsSpan(0, length), out _, out _));
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    [InlineData(0xFFFF, false)]
    public void UdpLengthIsChecked(ushort length, bool expected)
    {
        byte[] datagram = new byte[20];
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), length);
        Assert.Equal(expected, UdpHeader.TryParse(datagram, out _, out ReadOnlySpan<byte> whole));
        Assert.Equal(expected ? length : 0, whole.Length);
    }

    [Fact]
    public void AZeroUdpChecksumIsNone()
    {
        byte[] datagram = new byte[12];
        Assert.True(UdpHeader.HasValidChecksum(datagram, s_source, s_destination));
    }

    [Fact]
    public void AComputedZeroIsSentAsAllOnes()
    {
        // Data chosen so that everything sums to all ones.
        byte[] datagram = new byte[10];
        UdpHeader header = new(1000, 7, 10);
        header.Write(datagram, s_source, s_destination);
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(datagram.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(8), checksum);
        header.Write(datagram, s_source, s_destination);
        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(datagram.AsSpan(6)));
        Assert.True(UdpHeader.HasValidChecksum(datagram, s_source, s_destination));
    }
}
