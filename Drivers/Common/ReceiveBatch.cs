using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>Received frames on their way to the kernel: a <see cref="PacketBatch"/> and what has to be counted.</summary>
public ref struct ReceiveBatch(Span<byte> storage)
{
    // Destination, source and type: less than that is no frame.
    private const int MinimumFrameBytes = 14;

    private readonly Span<byte> _storage = storage;
    private int _usedBytes;

    /// <summary>Good frames, now in the batch.</summary>
    public uint Frames { get; private set; }

    /// <summary>Their length together.</summary>
    public uint Bytes { get; private set; }

    /// <summary>Frames that were bad, or were reported in a way that cannot be.</summary>
    public uint Errors { get; private set; }

    /// <summary>Whether a frame was left behind because there was no room for it.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The batch as it crosses to the kernel.</summary>
    public readonly ReadOnlySpan<byte> Content => _storage[.._usedBytes];

    /// <summary>
    /// Takes the frame of a slot: the first bytes of its buffer, as many as the device says, which is not trusted to say
    /// something possible. False if the batch is full: the frame must stay where it is until the next batch.
    /// </summary>
    public bool TryTake(ReadOnlySpan<byte> buffer, uint reportedBytes)
    {
        if (reportedBytes is < MinimumFrameBytes or > PacketBatch.MaximumFrameBytes || reportedBytes > (uint)buffer.Length)
        {
            Errors++;
            return true;
        }

        if (Frames == PacketBatch.ExchangeFrames
            || !PacketBatch.TryAppend(_storage, ref _usedBytes, buffer[..(int)reportedBytes]))
        {
            IsFull = true;
            return false;
        }

        Frames++;
        Bytes += reportedBytes;
        return true;
    }

    /// <summary>Counts a frame that the device itself says is bad.</summary>
    public void CountError() => Errors++;
}
