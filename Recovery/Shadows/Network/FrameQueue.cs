using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A bounded queue of frames, oldest first, in memory that the extension at its end may read and nobody but the kernel may write. They lie
/// there as a <see cref="PacketBatch"/>, so that a frame is copied once, when it is queued, and not again when the extension is called
/// with it. The owner guards it.
/// </summary>
/// <param name="memory">Where the frames lie.</param>
/// <param name="capacityFrames">How many frames wait at most, if there is room for their bytes.</param>
internal sealed class FrameQueue(IExchangeMemory memory, int capacityFrames)
{
    // What the memory says of lengths is for the extension. These are believed.
    private readonly int[] _lengths = new int[capacityFrames];
    private readonly bool[] _isRepeated = new bool[capacityFrames];
    private int _first;

    // Bytes of the oldest frame and behind the newest one. The newest ones lie in front of the oldest ones after the end of the memory was
    // reached; then the oldest ones end before that, at the last frame that fitted.
    private int _start;
    private int _end;
    private int _turn;
    private bool _isTurned;
    private int _newest;

    public int Count { get; private set; }

    /// <summary>The frame that was added last, of a queue that is not empty.</summary>
    public ReadOnlySpan<byte> Newest => Storage.Slice(_newest, _lengths[Slot(Count - 1)])[PacketBatch.LengthBytes..];

    private Span<byte> Storage => new ExchangeBuffers(memory).Queue;

    /// <summary>Adds a frame. False if the queue is full.</summary>
    public bool TryEnqueue(ReadOnlySpan<byte> frame)
    {
        int length = frame.Length + PacketBatch.LengthBytes;
        if (Count == capacityFrames || !TryTurn(length))
        {
            return false;
        }

        int usedBytes = _end;
        if (!PacketBatch.TryAppend(Storage, ref usedBytes, frame))
        {
            return false;
        }

        _newest = _end;
        _end = usedBytes;
        _lengths[Slot(Count)] = length;
        _isRepeated[Slot(Count)] = false;
        Count++;
        return true;
    }

    /// <summary>The oldest frames, as many as fit an exchange and lie behind each other, which stay in the queue.</summary>
    /// <param name="frames">How many these are.</param>
    public ReadOnlySpan<byte> Peek(out int frames)
    {
        int bytes = 0;
        int limit = Math.Min((_isTurned ? _turn : _end) - _start, PacketBatch.ExchangeBytes);
        for (frames = 0; frames < Math.Min(Count, PacketBatch.ExchangeFrames); frames++)
        {
            int length = _lengths[Slot(frames)];
            if (bytes + length > limit)
            {
                break;
            }

            bytes += length;
        }

        return Storage.Slice(_start, bytes);
    }

    /// <summary>Whether the very same frame is in it.</summary>
    public bool Contains(ReadOnlySpan<byte> frame)
    {
        int start = _start;
        for (int index = 0; index < Count; index++)
        {
            start = _isTurned && start == _turn ? 0 : start;
            int length = _lengths[Slot(index)];
            if (Storage.Slice(start, length)[PacketBatch.LengthBytes..].SequenceEqual(frame))
            {
                return true;
            }

            start += length;
        }

        return false;
    }

    /// <summary>Drops the oldest frames.</summary>
    public void Discard(int frames)
    {
        for (; frames > 0; frames--)
        {
            _start += _lengths[_first];
            _first = Slot(1);
            Count--;
            TurnBack();
        }
    }

    /// <summary>
    /// Drops those of the oldest frames that may not be given a second time, or were already. The others stay, in their order. Returns how
    /// many were dropped.
    /// </summary>
    /// <param name="frames">How many were given: no more than <see cref="Peek"/> has shown.</param>
    /// <param name="mayRepeat">Whether a frame may be given twice.</param>
    public int KeepForRepetition(int frames, FrameFilter mayRepeat)
    {
        int from = _start;
        for (int index = 0; index < frames; index++)
        {
            from += _lengths[Slot(index)];
        }

        // Those that stay move towards the frames that were not given.
        int to = from;
        int place = frames;
        for (int index = frames - 1; index >= 0; index--)
        {
            int slot = Slot(index);
            int length = _lengths[slot];
            from -= length;
            ReadOnlySpan<byte> kept = Storage.Slice(from, length);
            if (_isRepeated[slot] || !mayRepeat(kept[PacketBatch.LengthBytes..]))
            {
                continue;
            }

            to -= length;
            place--;
            if (to != from)
            {
                kept.CopyTo(Storage[to..]);
                _lengths[Slot(place)] = length;
            }

            _isRepeated[Slot(place)] = true;
            _newest = place == Count - 1 ? to : _newest;
        }

        _start = to;
        _first = Slot(place);
        Count -= place;
        TurnBack();
        return place;
    }

    // The oldest frames have left: what comes next lies at the beginning.
    private void TurnBack()
    {
        if (_isTurned && _start == _turn)
        {
            _isTurned = false;
            _start = 0;
        }

        if (Count == 0)
        {
            // From the beginning as well, where the last frames lay, and in one piece.
            _start = 0;
            _end = 0;
        }
    }

    // Makes sure that so many bytes fit behind the newest frame.
    private bool TryTurn(int length)
    {
        if (_isTurned)
        {
            return length <= _start - _end;
        }

        if (length <= Storage.Length - _end)
        {
            return true;
        }

        if (length > _start)
        {
            return false;
        }

        _turn = _end;
        _isTurned = true;
        _end = 0;
        return true;
    }

    private int Slot(int index) => (_first + index) % capacityFrames;
}
