using System;
using System.Buffers.Binary;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Wire;

public class TcpParsing
{
    private static readonly Ipv4Address s_source = new(0x0A00_0001);
    private static readonly Ipv4Address s_destination = new(0x0A00_0002);

    [Fact]
    public void FieldsAreWhereTheRfcPutsThem()
    {
        Assert.Equal(
            [0, 2, 4, 8, 12, 13, 14, 16, 18, 20],
            [
                TcpHeader.SourcePortOffset, TcpHeader.DestinationPortOffset, TcpHeader.SequenceOffset, TcpHeader.AcknowledgmentOffset,
                TcpHeader.DataOffset, TcpHeader.FlagsOffset, TcpHeader.WindowOffset, TcpHeader.ChecksumOffset,
                TcpHeader.UrgentOffset, TcpHeader.SizeBytes,
            ]);
    }

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        byte[] segment = new byte[TcpHeader.SizeBytes + 12 + 5];
        TcpOptionWriter writer = new(segment.AsSpan(TcpHeader.SizeBytes));
        writer.Timestamps(0x0102_0304, 0x0506_0708);
        "hello"u8.CopyTo(segment.AsSpan(TcpHeader.SizeBytes + 12));
        TcpHeader written = new()
        {
            SourcePort = 0x1234,
            DestinationPort = 0x5678,
            Sequence = 0x9ABC_DEF0,
            Acknowledgment = 0x1357_9BDF,
            Flags = TcpFlags.Acknowledge | TcpFlags.Push,
            Window = 0x2468,
        };
        written.Write(segment, writer.Length, s_source, s_destination);
        Assert.Equal("12345678 9ABCDEF0 13579BDF 8018 2468".Replace(" ", ""), Convert.ToHexString(segment.AsSpan(0, 16)));
        Assert.True(TcpHeader.HasValidChecksum(segment, s_source, s_destination));
        Assert.False(TcpHeader.HasValidChecksum(segment, s_source, s_source));
        Assert.True(TcpHeader.TryParse(segment, out TcpHeader read, out ReadOnlySpan<byte> optionBytes, out ReadOnlySpan<byte> data));
        Assert.Equal(written, read);
        Assert.Equal("hello"u8, data);
        Assert.True(TcpOptions.TryParse(optionBytes, out TcpOptions options));
        Assert.True(options.HasTimestamps);
        Assert.Equal((0x0102_0304u, 0x0506_0708u), (options.TimestampValue, options.TimestampEcho));
    }

    [Fact]
    public void ASegmentCaughtOnTheWireIsRead()
    {
        // A SYN of Linux: MSS 1460, SACK permitted, timestamps, window scale 7.
        byte[] segment = Convert.FromHexString(
            "c7d00050" + "5a3c1e77" + "00000000" + "a002faf0" + "00000000" + "020405b4" + "0402080a" + "9ec2a1b000000000" + "01030307");
        Assert.True(TcpHeader.TryParse(segment, out TcpHeader header, out ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> data));
        Assert.Equal((51152, 80, 0x5A3C_1E77u, TcpFlags.Synchronize, 64240), ((int)header.SourcePort, (int)header.DestinationPort, header.Sequence, header.Flags, (int)header.Window));
        Assert.True(data.IsEmpty);
        Assert.True(TcpOptions.TryParse(bytes, out TcpOptions options));
        Assert.Equal((1460, true, (byte)7, true), (options.MaximumSegment, options.HasWindowScale, options.WindowScale, options.SackPermitted));
        Assert.Equal(0x9EC2_A1B0, options.TimestampValue);
    }

    [Fact]
    public void EveryOptionIsWrittenAndRead()
    {
        byte[] bytes = new byte[TcpHeader.MaximumBytes];
        TcpOptionWriter writer = new(bytes);
        writer.MaximumSegment(1460);
        writer.WindowScale(7);
        writer.SackPermitted();
        writer.Sack([new SackBlock(1, 2), new SackBlock(0xFFFF_FFFF, 5)]);
        Assert.Equal(
            TcpOptionWriter.MaximumSegmentBytes + TcpOptionWriter.WindowScaleBytes + TcpOptionWriter.SackPermittedBytes + TcpOptionWriter.SackBytes(2),
            writer.Length);
        Assert.Equal(0, writer.Length % 4);
        Assert.True(TcpOptions.TryParse(bytes.AsSpan(0, writer.Length), out TcpOptions options));
        Assert.Equal((1460, (byte)7, true, 2), (options.MaximumSegment, options.WindowScale, options.SackPermitted, options.SackBlocks));
        Assert.Equal(new SackBlock(1, 2), options.GetSack(0));
        Assert.Equal(new SackBlock(0xFFFF_FFFF, 5), options.GetSack(1));
    }

    [Theory]
    [InlineData(19, 5)]
    [InlineData(20, 4)]
    [InlineData(20, 6)]
    [InlineData(59, 15)]
    public void LengthsThatCannotBeAreRefused(int bytes, int headerWords)
    {
        byte[] segment = new byte[bytes];
        segment[0] = segment[2] = 1;
        segment[TcpHeader.DataOffset] = (byte)(headerWords << 4);
        Assert.False(TcpHeader.TryParse(segment, out _, out _, out _));
    }

    [Theory]
    [InlineData("02")]
    [InlineData("0200")]
    [InlineData("0201")]
    [InlineData("020405")]
    [InlineData("0203aa")]
    [InlineData("0302")]
    [InlineData("0403aa")]
    [InlineData("0502")]
    [InlineData("0506aabbccdd")]
    [InlineData("0809aabbccddaabbcc")]
    [InlineData("010101ff04aa")]
    [InlineData("fd00")]
    public void OptionsThatCannotBeAreRefused(string bytes)
        => Assert.False(TcpOptions.TryParse(Convert.FromHexString(bytes), out _));

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("00ffffff")]
    [InlineData("0101fd04aabb")]
    [InlineData("fe02")]
    public void OptionsThatNobodyKnowsAreSkipped(string bytes)
    {
        Assert.True(TcpOptions.TryParse(Convert.FromHexString(bytes), out TcpOptions options));
        Assert.False(options.HasTimestamps || options.HasWindowScale || options.SackPermitted || options.SackBlocks != 0);
    }

    [Fact]
    public void TooLargeAScaleCountsAsTheLargest()
    {
        Assert.True(TcpOptions.TryParse([3, 3, 200], out TcpOptions options));
        Assert.Equal(TcpOptions.MaximumScale, options.WindowScale);
    }

    [Fact]
    public void NoOctetsAreTooStrange()
    {
        Random random = new(1);
        byte[] segment = new byte[80];
        for (int round = 0; round < 100_000; round++)
        {
            random.NextBytes(segment);
            segment[TcpHeader.DataOffset] = (byte)(random.Next(4, 16) << 4);
            ReadOnlySpan<byte> cut = segment.AsSpan(0, random.Next(81));
            if (TcpHeader.TryParse(cut, out _, out ReadOnlySpan<byte> bytes, out _) && TcpOptions.TryParse(bytes, out TcpOptions options))
            {
                for (int index = 0; index < options.SackBlocks; index++)
                {
                    options.GetSack(index);
                }
            }
        }
    }

    [Fact]
    public void TheChecksumIsThatOfOthers()
    {
        // An acknowledgment as tcpdump shows it: 10.0.0.1:80 to 10.0.0.2:4660, all fields zero but the flags.
        byte[] segment = new byte[TcpHeader.SizeBytes];
        new TcpHeader { SourcePort = 80, DestinationPort = 4660, Flags = TcpFlags.Acknowledge }.Write(segment, 0, s_source, s_destination);
        ushort expected = unchecked((ushort)~(0x0A00 + 1 + 0x0A00 + 2 + 6 + 20 + 80 + 4660 + 0x5010));
        Assert.Equal(expected, BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(TcpHeader.ChecksumOffset)));
    }
}
