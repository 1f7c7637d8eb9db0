using System;
using System.Buffers.Binary;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.VirtioNet;

/// <summary>What a device writes into its ring is checked before it is believed.</summary>
public sealed class QueueTrust
{
    private const ushort Size = 8;

    // Behind the available ring with its event index, at a multiple of four.
    private const int UsedOffset = (16 * Size) + 4 + (2 * Size) + 4;

    private readonly SplitQueue _queue;
    private readonly FakeDmaBuffer _memory;

    public QueueTrust()
    {
        VirtioKernel kernel = new();
        _queue = new SplitQueue(kernel, 0, Size);
        _memory = kernel.Memory.Live[0];
        _queue.Reset();
    }

    [Fact]
    public void TheRingsAreWhereTheStandardWantsThem()
    {
        Assert.Equal(0ul, _queue.DescriptorsAddress % 16);
        Assert.Equal(0ul, _queue.AvailableAddress % 2);
        Assert.Equal(0ul, _queue.UsedAddress % 4);
        Assert.Equal(16ul * Size, _queue.AvailableAddress - _queue.DescriptorsAddress);
        Assert.Equal((ulong)UsedOffset, _queue.UsedAddress - _queue.DescriptorsAddress);
        Assert.Equal(UsedOffset + 6 + (8 * Size), _memory.Bytes.Length);
    }

    [Fact]
    public void WhatIsOfferedIsSeenWhenItIsPublished()
    {
        _queue.Offer(3);
        Assert.Equal(0, _memory.Bytes[(16 * Size) + 2]);

        Assert.True(_queue.TryPublish());
        Assert.Equal(1, _memory.Bytes[(16 * Size) + 2]);
        Assert.Equal(3, _memory.Bytes[(16 * Size) + 4]);
        Assert.False(_queue.TryPublish());
    }

    [Fact]
    public void ADeviceThatLooksByItselfIsNotTold()
    {
        _memory.Bytes[UsedOffset] = 1;
        _queue.Offer(0);

        Assert.False(_queue.TryPublish());
        Assert.Equal(1, _memory.Bytes[(16 * Size) + 2]);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(7, false)]
    [InlineData(0xFFFF, false)]
    public void ADeviceIsToldWhenTheIndexPassesTheOneThatItNamed(int named, bool isTold)
    {
        _queue.HasEventIndex = true;
        BinaryPrimitives.WriteUInt16LittleEndian(_memory.Bytes[(UsedOffset + 4 + (8 * Size))..], (ushort)named);
        _queue.Offer(0);
        _queue.Offer(1);
        _queue.Offer(2);

        Assert.Equal(isTold, _queue.TryPublish());
    }

    [Fact]
    public void TheDeviceIsToldFromWhichBufferOnToInterrupt()
    {
        Offer(0, 1, 2);
        Use(0, 0, 1);
        SetIndex(1);
        Assert.True(_queue.TryPeek(out ushort head, out _));
        _queue.Take(head);

        _queue.RequestInterrupt(afterBuffers: 2);

        Assert.Equal(2, BinaryPrimitives.ReadUInt16LittleEndian(_memory.Bytes[((16 * Size) + 4 + (2 * Size))..]));
    }

    [Fact]
    public void BuffersComeBackInAnyOrder()
    {
        Offer(0, 1, 2);
        Use(0, 2, 100);
        Use(1, 0, 200);
        SetIndex(2);

        Assert.True(_queue.TryPeek(out ushort head, out uint length));
        Assert.Equal((2, 100u), (head, length));
        _queue.Take(head);
        Assert.True(_queue.TryPeek(out head, out length));
        Assert.Equal((0, 200u), (head, length));
        _queue.Take(head);
        Assert.False(_queue.TryPeek(out _, out _));
        Assert.False(_queue.IsBroken);
    }

    [Theory]
    [InlineData(3u)]
    [InlineData(8u)]
    [InlineData(0x1_0000u)]
    [InlineData(uint.MaxValue)]
    public void ABufferThatTheDeviceDoesNotHaveBreaksTheQueue(uint id)
    {
        Offer(0, 1);
        Use(0, id, 10);
        SetIndex(1);

        Assert.False(_queue.TryPeek(out _, out _));

        Assert.True(_queue.IsBroken);
    }

    [Fact]
    public void ABufferThatComesBackTwiceBreaksTheQueue()
    {
        Offer(0, 1);
        Use(0, 0, 10);
        Use(1, 0, 10);
        SetIndex(2);
        Assert.True(_queue.TryPeek(out ushort head, out _));
        _queue.Take(head);

        Assert.False(_queue.TryPeek(out _, out _));

        Assert.True(_queue.IsBroken);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(0xFFFF)]
    public void AnIndexBeyondWhatWasOfferedBreaksTheQueue(int index)
    {
        Offer(0, 1);
        Use(0, 0, 10);
        SetIndex((ushort)index);

        Assert.False(_queue.TryPeek(out _, out _));

        Assert.True(_queue.IsBroken);
    }

    [Fact]
    public void ABrokenQueueIsNotListenedToUntilItIsReset()
    {
        Offer(0);
        Use(0, 7, 10);
        SetIndex(1);
        Assert.False(_queue.TryPeek(out _, out _));
        Use(0, 0, 10);
        Assert.False(_queue.TryPeek(out _, out _));

        _queue.Reset();

        Assert.False(_queue.IsBroken);
        Offer(0);
        Use(0, 0, 10);
        SetIndex(1);
        Assert.True(_queue.TryPeek(out _, out _));
    }

    [Fact]
    public void IndicesRunFreely()
    {
        for (int round = 1; round <= 70_000; round++)
        {
            Offer((ushort)(round % Size));
            Use((round - 1) % Size, (uint)(round % Size), 1);
            SetIndex((ushort)round);
            Assert.True(_queue.TryPeek(out ushort head, out _));
            _queue.Take(head);
        }

        Assert.False(_queue.IsBroken);
    }

    private void Offer(params ReadOnlySpan<ushort> heads)
    {
        foreach (ushort head in heads)
        {
            _queue.Offer(head);
        }

        _queue.TryPublish();
    }

    private void Use(int at, uint id, uint length)
    {
        Span<byte> element = _memory.Bytes.Slice(UsedOffset + 4 + (8 * at), 8);
        BinaryPrimitives.WriteUInt32LittleEndian(element, id);
        BinaryPrimitives.WriteUInt32LittleEndian(element[4..], length);
    }

    private void SetIndex(ushort index) => BinaryPrimitives.WriteUInt16LittleEndian(_memory.Bytes[(UsedOffset + 2)..], index);
}
