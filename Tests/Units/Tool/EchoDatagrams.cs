using System;
using NooksOS.Tool.Echo;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class EchoDatagrams
{
    private readonly byte[] _buffer = new byte[EchoDatagram.LongestBytes];

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        Random random = new(1);
        for (uint sequence = 0; sequence < 500; sequence++)
        {
            int length = EchoDatagram.Write(_buffer, sequence, random);
            Assert.InRange(length, EchoDatagram.ShortestBytes, EchoDatagram.LongestBytes);
            Assert.True(EchoDatagram.TryRead(_buffer.AsSpan(0, length), out uint read));
            Assert.Equal(sequence, read);
        }
    }

    [Fact]
    public void EveryChangedBitIsNoticed()
    {
        Span<byte> datagram = _buffer.AsSpan(0, EchoDatagram.Write(_buffer, 77, new Random(2)));
        for (int bit = 0; bit < datagram.Length * 8; bit++)
        {
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(EchoDatagram.TryRead(datagram, out _));
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void ACutOrLengthenedDatagramIsNoticed()
    {
        int length = EchoDatagram.Write(_buffer, 5, new Random(3));
        for (int cut = 0; cut < length; cut++)
        {
            Assert.False(EchoDatagram.TryRead(_buffer.AsSpan(0, cut), out _));
        }

        byte[] longer = new byte[length + 1];
        _buffer.AsSpan(0, length).CopyTo(longer);
        Assert.False(EchoDatagram.TryRead(longer, out _));
    }

    [Fact]
    public void TheSameSeedGivesTheSameDatagrams()
    {
        byte[] other = new byte[EchoDatagram.LongestBytes];
        int length = EchoDatagram.Write(_buffer, 9, new Random(4));
        Assert.Equal(length, EchoDatagram.Write(other, 9, new Random(4)));
        Assert.Equal(_buffer, other);
    }
}
