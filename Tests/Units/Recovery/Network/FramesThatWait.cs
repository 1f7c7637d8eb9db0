using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class FramesThatWait
{
    private const int Capacity = 1024;
    private const int FullFrames = ExchangeBuffers.QueueBytes / (PacketBatch.MaximumFrameBytes + PacketBatch.LengthBytes);

    private readonly FakeExchange _memory = new();
    private readonly FrameQueue _queue;
    private readonly Queue<byte[]> _expected = [];
    private readonly Random _random = new(1);

    public FramesThatWait()
    {
        _queue = new FrameQueue(_memory, Capacity);
    }

    [Fact]
    public void LeaveInTheOrderInWhichTheyCameWhateverTheirLengths()
    {
        for (int round = 0; round < 3000; round++)
        {
            int arriving = _random.Next(200);
            int longest = _random.Next(1, PacketBatch.MaximumFrameBytes + 1);
            while (arriving-- > 0 && TryAdd(_random.Next(1, longest + 1)))
            {
            }

            Check();
            int leaving = _random.Next(Math.Min(_queue.Count, PacketBatch.ExchangeFrames) + 1);
            _queue.Discard(leaving);
            while (leaving-- > 0)
            {
                _expected.Dequeue();
            }
        }
    }

    [Fact]
    public void StayOnceInTheirOrderIfTheyMayBeRepeated()
    {
        HashSet<byte[]> repeated = [];
        for (int round = 0; round < 2000; round++)
        {
            int arriving = _random.Next(100);
            while (arriving-- > 0 && TryAdd(_random.Next(1, PacketBatch.MaximumFrameBytes + 1)))
            {
            }

            _queue.Peek(out int shown);
            int given = _random.Next(shown + 1);
            byte[][] all = [.. _expected];
            byte[][] kept = [.. all.Take(given).Where(frame => MayRepeat(frame) && repeated.Add(frame))];
            Assert.Equal(given - kept.Length, _queue.KeepForRepetition(given, MayRepeat));
            _expected.Clear();
            foreach (byte[] frame in kept.Concat(all.Skip(given)))
            {
                _expected.Enqueue(frame);
            }

            Check();
            Assert.True(_expected.Count == 0 || _queue.Newest.SequenceEqual(_expected.Last()));
            int leaving = _random.Next(shown - given + kept.Length + 1);
            _queue.Discard(leaving);
            while (leaving-- > 0)
            {
                _expected.Dequeue();
            }
        }
    }

    [Fact]
    public void AreAsManyAsThereIsMemoryFor()
    {
        while (TryAdd(PacketBatch.MaximumFrameBytes))
        {
        }

        Assert.Equal(FullFrames, _queue.Count);
        _queue.Discard(1);
        _expected.Dequeue();
        Assert.True(TryAdd(PacketBatch.MaximumFrameBytes));
        Assert.False(TryAdd(PacketBatch.MaximumFrameBytes));
        Check();
    }

    [Fact]
    public void AreNoMoreThanTheBoundHoweverShort()
    {
        while (TryAdd(1))
        {
        }

        Assert.Equal(Capacity, _queue.Count);
        Check();
    }

    [Fact]
    public void LieWhereTheFirstOnesLayOnceAllHaveLeft()
    {
        for (int round = 0; round < 10_000; round++)
        {
            Assert.True(TryAdd(PacketBatch.MaximumFrameBytes));
            Assert.True(_queue.Peek(out int frames).Overlaps(_memory.Bytes[..PacketBatch.MaximumFrameBytes]));
            _queue.Discard(frames);
            _expected.Clear();
        }
    }

    [Fact]
    public void AreNotLostCountOfIfTheirMemoryChanges()
    {
        for (int frame = 0; frame < 100; frame++)
        {
            TryAdd(100 + frame);
        }

        _random.NextBytes(_memory.Bytes);
        Assert.Equal(100 + 99, _queue.Newest.Length);
        _queue.Peek(out int frames);
        Assert.Equal(100, frames);
        _queue.Discard(frames);
        Assert.Equal(0, _queue.Count);
        _expected.Clear();
        Assert.True(TryAdd(60));
        Check();
    }

    private static bool MayRepeat(ReadOnlySpan<byte> frame) => (frame[0] & 1) != 0;

    private bool TryAdd(int length)
    {
        byte[] frame = new byte[length];
        _random.NextBytes(frame);
        if (!_queue.TryEnqueue(frame))
        {
            return false;
        }

        _expected.Enqueue(frame);
        Assert.Equal(frame, _queue.Newest);
        return true;
    }

    private void Check()
    {
        Assert.Equal(_expected.Count, _queue.Count);
        ReadOnlySpan<byte> batch = _queue.Peek(out int frames);
        Assert.InRange(batch.Length, 0, PacketBatch.ExchangeBytes);
        Assert.Equal(_queue.Count == 0, frames == 0);
        foreach (byte[] expected in _expected.Take(frames))
        {
            Assert.True(PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame));
            Assert.Equal(expected, frame);
        }

        Assert.True(batch.IsEmpty);
    }
}
