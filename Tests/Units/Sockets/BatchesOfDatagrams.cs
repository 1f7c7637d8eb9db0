using System;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class BatchesOfDatagrams
{
    [Fact]
    public void DatagramsComeOutAsTheyWentIn()
    {
        byte[] batch = new byte[DatagramBatch.MaximumBytes];
        int used = 0;
        Assert.True(DatagramBatch.TryAppend(batch, ref used, new Datagram
        {
            LocalPort = 53, RemotePort = 1000, RemoteAddress = 0x0A00_0202, Payload = "first"u8,
        }));
        Assert.True(DatagramBatch.TryAppend(batch, ref used, new Datagram { LocalPort = 0xFFFF, RemotePort = 1 }));
        ReadOnlySpan<byte> rest = batch.AsSpan(0, used);
        Assert.True(DatagramBatch.TryRead(ref rest, out Datagram first));
        Assert.Equal(53, first.LocalPort);
        Assert.Equal(1000, first.RemotePort);
        Assert.Equal(0x0A00_0202u, first.RemoteAddress);
        Assert.Equal("first"u8, first.Payload);
        Assert.True(DatagramBatch.TryRead(ref rest, out Datagram second));
        Assert.Equal(0xFFFF, second.LocalPort);
        Assert.True(second.Payload.IsEmpty);
        Assert.True(rest.IsEmpty);
        Assert.False(DatagramBatch.TryRead(ref rest, out _));
    }

    [Fact]
    public void WhatDoesNotFitIsNotAppended()
    {
        byte[] batch = new byte[DatagramBatch.HeaderBytes + 3];
        int used = 0;
        Assert.False(DatagramBatch.TryAppend(batch, ref used, new Datagram { Payload = "four"u8 }));
        Assert.Equal(0, used);
        byte[] large = new byte[DatagramBatch.MaximumBytes];
        Assert.False(DatagramBatch.TryAppend(
            large, ref used, new Datagram { Payload = new byte[DatagramBatch.MaximumDatagramBytes + 1] }));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void ALengthThatCannotBeEndsTheBatch(byte[] batch)
    {
        ReadOnlySpan<byte> rest = batch;
        Assert.False(DatagramBatch.TryRead(ref rest, out _));
        Assert.False(rest.IsEmpty);
    }
}
