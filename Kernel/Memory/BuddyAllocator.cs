using System;
using System.Numerics;

namespace NooksOS.Kernel.Memory;

/// <summary>
/// Buddy allocator over frame numbers. It never touches the frames, only its records, so it works before the frames are mapped
/// and a wild write of a device into a free frame does not break it. Not synchronised: the caller keeps interrupts off.
/// </summary>
/// <remarks>
/// A run of n frames is cut from a block of the next power of two and the rest goes back at once, so that exactly n frames
/// are in use; a run may be freed whole or in parts. What is freed goes back to the blocks when it has been zeroed, or when
/// nothing else is left: who frees memory and takes some at once gets other frames, which are zero already. Frames that nobody
/// has had yet come last, once much waits to be zeroed: an emulator has no memory behind them and has to get it from its host
/// when they are touched, which takes as long as two recoveries. Whoever has the time touches some before they are needed.
/// </remarks>
internal unsafe struct BuddyAllocator
{
    /// <summary>log2 of the largest block in frames: 1 GiB.</summary>
    public const int MaximumOrder = 18;

    // So much of all memory may wait to be zeroed while frames are given out that nobody has had yet.
    private const uint StalePart = 64;

    private FrameRecord* _records;
    private uint _frameLimit;
    private uint _firstStaleRun;

    // No frame below it is free and untouched.
    private uint _touchedEnd;
    private fixed uint _heads[MaximumOrder + 1];

    /// <summary>Frames handed to the allocator.</summary>
    public nuint TotalFrames { get; private set; }

    /// <summary>Frames that may be allocated now, stale ones among them.</summary>
    public nuint FreeFrames { get; private set; }

    /// <summary>Free frames that are not zeroed yet.</summary>
    public nuint StaleFrames { get; private set; }

    /// <summary>Free frames that are known to be zero.</summary>
    public nuint ZeroFrames { get; private set; }

    /// <summary>Bytes that the records of so many frames take.</summary>
    public static ulong RecordBytes(uint frameLimit) => (ulong)sizeof(FrameRecord) * frameLimit;

    /// <summary>Begins with every frame reserved.</summary>
    /// <param name="records">Zeroed memory of <see cref="RecordBytes"/>.</param>
    /// <param name="frameLimit">One more than the highest frame number.</param>
    public void Initialize(FrameRecord* records, uint frameLimit)
    {
        _records = records;
        _frameLimit = frameLimit;
        TotalFrames = 0;
        FreeFrames = 0;
        StaleFrames = 0;
        ZeroFrames = 0;
        _touchedEnd = 0;
        _firstStaleRun = FrameRecord.None;
        for (int order = 0; order <= MaximumOrder; order++)
        {
            _heads[order] = FrameRecord.None;
        }
    }

    /// <summary>Hands reserved frames over. False, and nothing is changed, if one of them is out of range or was handed over before.</summary>
    public bool TryAdd(uint firstFrame, uint frameCount)
    {
        if (!IsRunInState(firstFrame, frameCount, FrameState.Reserved))
        {
            return false;
        }

        TotalFrames += frameCount;
        _touchedEnd = Math.Min(_touchedEnd, firstFrame);
        SetFree(firstFrame, frameCount);
        return true;
    }

    /// <summary>Takes a run of frames that lies below a frame number.</summary>
    /// <returns>The first frame, or <see cref="FrameRecord.None"/>.</returns>
    public uint Allocate(uint frameCount, uint frameLimit = uint.MaxValue)
    {
        if (frameCount is 0 or > (1u << MaximumOrder))
        {
            return FrameRecord.None;
        }

        uint run = AllocateFromBlocks(frameCount, frameLimit, mayBeUntouched: false);
        if (run == FrameRecord.None && StaleFrames > TotalFrames / StalePart)
        {
            ReleaseStale();
            run = AllocateFromBlocks(frameCount, frameLimit, mayBeUntouched: false);
        }

        if (run == FrameRecord.None)
        {
            run = AllocateFromBlocks(frameCount, frameLimit, mayBeUntouched: true);
        }

        if (run == FrameRecord.None && StaleFrames != 0)
        {
            ReleaseStale();
            run = AllocateFromBlocks(frameCount, frameLimit, mayBeUntouched: true);
        }

        return run;
    }

    /// <summary>Takes a run back. False, and nothing is changed, if one of its frames is not in use.</summary>
    public bool TryFree(uint firstFrame, uint frameCount)
    {
        if (frameCount == 0 || !IsRunInState(firstFrame, frameCount, FrameState.Used))
        {
            return false;
        }

        for (uint index = 0; index < frameCount; index++)
        {
            _records[firstFrame + index].State = FrameState.Stale;
            _records[firstFrame + index].Content = FrameContent.Left;
        }

        FreeFrames += frameCount;
        StaleFrames += frameCount;
        KeepStale(firstFrame, frameCount);
        return true;
    }

    /// <summary>Whether a frame in use was zero when it was given out.</summary>
    public readonly bool WasZero(uint frame) => _records[frame].Content == FrameContent.Zero;

    /// <summary>Names a stale frame, to be zeroed by the caller and then given to <see cref="AddZeroed"/>, all in one step.</summary>
    /// <returns>The frame, or <see cref="FrameRecord.None"/>.</returns>
    public readonly uint FindStale() => _firstStaleRun;

    /// <summary>Puts the stale frame that <see cref="FindStale"/> named, and that is zero now, among the blocks.</summary>
    public void AddZeroed()
    {
        uint further = TakeStaleRun(out uint frame) - 1;
        if (further != 0)
        {
            KeepStale(frame + 1, further);
        }

        _records[frame].Content = FrameContent.Zero;
        StaleFrames--;
        ZeroFrames++;
        FreeFrames--;
        SetFree(frame, 1);
    }

    /// <summary>Names the first free frame that nobody had, to be zeroed by the caller and then given to <see cref="SetZero"/>, all in one step.</summary>
    /// <param name="frame">The frame, or <see cref="FrameRecord.None"/> if none was found yet.</param>
    /// <returns>False if there is none: it looks at a few hundred frames in one call.</returns>
    public bool TryFindUntouched(out uint frame)
    {
        const uint FramesPerCall = 256;
        for (uint step = 0; step < FramesPerCall && _touchedEnd < _frameLimit; step++)
        {
            FrameRecord record = _records[_touchedEnd];
            if (record is { Content: FrameContent.Untouched, State: FrameState.FreeHead or FrameState.FreeBody })
            {
                frame = _touchedEnd;
                return true;
            }

            _touchedEnd++;
        }

        frame = FrameRecord.None;
        return _touchedEnd < _frameLimit;
    }

    /// <summary>Notes that the frame that <see cref="TryFindUntouched"/> named is zero now.</summary>
    public void SetZero(uint frame)
    {
        _records[frame].Content = FrameContent.Zero;
        ZeroFrames++;
    }

    /// <summary>Whether the records agree with the counts of free and of stale frames: what overwrote either shows.</summary>
    public readonly bool IsConsistent()
    {
        nuint free = 0;
        nuint stale = 0;
        nuint zero = 0;
        for (uint frame = 0; frame < _frameLimit; frame++)
        {
            FrameRecord record = _records[frame];
            if (record.State > FrameState.Stale || record.Content > FrameContent.Zero
                || (record.State == FrameState.FreeHead && record.Order > MaximumOrder))
            {
                return false;
            }

            bool isFree = record.State is FrameState.FreeHead or FrameState.FreeBody;
            free += isFree ? 1u : 0;
            zero += isFree && record.Content == FrameContent.Zero ? 1u : 0;
            stale += record.State == FrameState.Stale ? 1u : 0;
        }

        return stale == StaleFrames && zero == ZeroFrames && free + stale == FreeFrames;
    }

    private uint AllocateFromBlocks(uint frameCount, uint frameLimit, bool mayBeUntouched)
    {
        for (int order = BitOperations.Log2(BitOperations.RoundUpToPowerOf2(frameCount)); order <= MaximumOrder; order++)
        {
            for (uint frame = _heads[order]; frame != FrameRecord.None; frame = _records[frame].Next)
            {
                if ((ulong)frame + frameCount > frameLimit || (!mayBeUntouched && HasUntouched(frame, frameCount)))
                {
                    continue;
                }

                Unlink(frame, order);
                FreeFrames -= 1u << order;
                for (uint index = 0; index < frameCount; index++)
                {
                    _records[frame + index].State = FrameState.Used;
                    ZeroFrames -= _records[frame + index].Content == FrameContent.Zero ? 1u : 0;
                }

                Release(frame + frameCount, (1u << order) - frameCount);
                return frame;
            }
        }

        return FrameRecord.None;
    }

    // From its end: the blocks that are cut have been touched up to some frame.
    private readonly bool HasUntouched(uint firstFrame, uint frameCount)
    {
        for (uint frame = firstFrame + frameCount; frame > firstFrame; frame--)
        {
            if (_records[frame - 1].Content == FrameContent.Untouched)
            {
                return true;
            }
        }

        return false;
    }

    // As it is, because it is wanted before it is zeroed.
    private void ReleaseStale()
    {
        while (_firstStaleRun != FrameRecord.None)
        {
            uint frameCount = TakeStaleRun(out uint firstFrame);
            StaleFrames -= frameCount;
            FreeFrames -= frameCount;
            SetFree(firstFrame, frameCount);
        }
    }

    // A stale run is named by the record of its first frame, which has its length where a free block has the block before it.
    private void KeepStale(uint firstFrame, uint frameCount)
    {
        _records[firstFrame].Previous = frameCount;
        _records[firstFrame].Next = _firstStaleRun;
        _firstStaleRun = firstFrame;
    }

    private uint TakeStaleRun(out uint firstFrame)
    {
        firstFrame = _firstStaleRun;
        _firstStaleRun = _records[firstFrame].Next;
        return _records[firstFrame].Previous;
    }

    private readonly bool IsRunInState(uint firstFrame, uint frameCount, FrameState state)
    {
        if ((ulong)firstFrame + frameCount > _frameLimit)
        {
            return false;
        }

        for (uint index = 0; index < frameCount; index++)
        {
            if (_records[firstFrame + index].State != state)
            {
                return false;
            }
        }

        return true;
    }

    private void SetFree(uint firstFrame, uint frameCount)
    {
        for (uint index = 0; index < frameCount; index++)
        {
            _records[firstFrame + index].State = FrameState.FreeBody;
        }

        Release(firstFrame, frameCount);
    }

    // Cuts a run of which every frame is the body of some block into aligned blocks, largest first.
    private void Release(uint firstFrame, uint frameCount)
    {
        while (frameCount > 0)
        {
            int alignment = firstFrame == 0 ? MaximumOrder : BitOperations.TrailingZeroCount(firstFrame);
            int size = BitOperations.Log2(frameCount);
            int order = alignment < size ? alignment : size;
            order = order < MaximumOrder ? order : MaximumOrder;
            ReleaseBlock(firstFrame, order);
            firstFrame += 1u << order;
            frameCount -= 1u << order;
        }
    }

    private void ReleaseBlock(uint frame, int order)
    {
        FreeFrames += 1u << order;
        while (order < MaximumOrder)
        {
            uint buddy = frame ^ (1u << order);
            if (buddy >= _frameLimit || _records[buddy].State != FrameState.FreeHead || _records[buddy].Order != order)
            {
                break;
            }

            Unlink(buddy, order);
            _records[buddy].State = FrameState.FreeBody;
            frame &= buddy;
            order++;
        }

        _records[frame].State = FrameState.FreeHead;
        _records[frame].Order = (byte)order;
        _records[frame].Previous = FrameRecord.None;
        _records[frame].Next = _heads[order];
        if (_heads[order] != FrameRecord.None)
        {
            _records[_heads[order]].Previous = frame;
        }

        _heads[order] = frame;
    }

    private void Unlink(uint frame, int order)
    {
        uint next = _records[frame].Next;
        uint previous = _records[frame].Previous;
        if (previous == FrameRecord.None)
        {
            _heads[order] = next;
        }
        else
        {
            _records[previous].Next = next;
        }

        if (next != FrameRecord.None)
        {
            _records[next].Previous = previous;
        }
    }
}
