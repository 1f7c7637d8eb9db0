using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A bounded queue of frames, oldest first, with all of its memory taken at the start. Frames are copied in and out. The owner
/// guards it.
/// </summary>
internal sealed class FrameQueue(int capacityFrames)
{
    private readonly byte[] _storage = new byte[capacityFrames * PacketBatch.MaximumFrameBytes];
    private readonly int[] _lengths = new int[capacityFrames];
    private readonly bool[] _isRepeated = new bool[capacityFrames];
    private int _first;

    public int Count { get; private set; }

    /// <summary>The frame that was added last, of a queue that is not empty.</summary>
    public ReadOnlySpan<byte> Newest => FrameAt(Count - 1);

    /// <summary>Adds a frame. False if the queue is full.</summary>
    public bool TryEnqueue(ReadOnlySpan<byte> frame)
    {
        if (Count == capacityFrames)
        {
            return false;
        }

        int slot = Slot(Count);
        frame.CopyTo(_storage.AsSpan(slot * PacketBatch.MaximumFrameBytes, PacketBatch.MaximumFrameBytes));
        _lengths[slot] = frame.Length;
        _isRepeated[slot] = false;
        Count++;
        return true;
    }

    /// <summary>Copies the oldest frames to a <see cref="PacketBatch"/>, and leaves them in the queue. Returns how many.</summary>
    public int Peek(Span<byte> batch, out int usedBytes)
    {
        usedBytes = 0;
        int frames = 0;
        while (frames < Math.Min(Count, PacketBatch.ExchangeFrames))
        {
            if (!PacketBatch.TryAppend(batch, ref usedBytes, FrameAt(frames)))
            {
                break;
            }

            frames++;
        }

        return frames;
    }

    /// <summary>Drops the oldest frames.</summary>
    public void Discard(int frames)
    {
        _first = Slot(frames);
        Count -= frames;
    }

    /// <summary>
    /// Drops those of the oldest frames that may not be given a second time, or were already. The others stay, in their order. Returns how
    /// many were dropped.
    /// </summary>
    /// <param name="frames">How many were given.</param>
    /// <param name="mayRepeat">Whether a frame may be given twice.</param>
    public int KeepForRepetition(int frames, FrameFilter mayRepeat)
    {
        int place = frames;
        for (int index = frames - 1; index >= 0; index--)
        {
            int from = Slot(index);
            if (_isRepeated[from] || !mayRepeat(FrameAt(index)))
            {
                continue;
            }

            place--;
            int to = Slot(place);
            if (to != from)
            {
                FrameAt(index).CopyTo(_storage.AsSpan(to * PacketBatch.MaximumFrameBytes, PacketBatch.MaximumFrameBytes));
                _lengths[to] = _lengths[from];
            }

            _isRepeated[to] = true;
        }

        Discard(place);
        return place;
    }

    public void Clear() => Count = 0;

    private ReadOnlySpan<byte> FrameAt(int index)
    {
        int slot = Slot(index);
        return _storage.AsSpan(slot * PacketBatch.MaximumFrameBytes, _lengths[slot]);
    }

    private int Slot(int index) => (_first + index) % capacityFrames;
}
