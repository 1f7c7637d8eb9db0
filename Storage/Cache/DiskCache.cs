using System;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Storage;

/// <summary>
/// The pages of a disk that the kernel keeps in memory: bounded, written back late and in the order that was asked for. It
/// outlives the driver of the disk and the file systems on it. All positions are in bytes from the start of the disk and lie on
/// it: <see cref="BlockVolume"/> sees to that.
/// </summary>
public sealed class DiskCache
{
    private readonly Lock _sync = new();
    private readonly BlockDisk _disk;
    private readonly IKernelClock _clock;
    private readonly CacheOptions _options;
    private readonly Action _wake;
    private readonly PageStore _store;
    private readonly PageReader _reader;
    private readonly WriteBack _writeBack;
    private readonly WaitingCalls _calls;
    private readonly WaitQueue _waiters = new();
    private readonly WaitQueue _flushWaiters = new();
    private ulong _hits;
    private ulong _misses;
    private long _tickNanoseconds = long.MaxValue;

    private enum Piece
    {
        Written,
        WaitsForPage,
        WaitsForMemory,
        Refused,
    }

    /// <param name="disk">The disk.</param>
    /// <param name="memory">Memory for pages.</param>
    /// <param name="clock">Time.</param>
    /// <param name="makeSignal">Makes what a thread waits with.</param>
    /// <param name="wake">Called when <see cref="Tick"/> wants to be called though it was not due.</param>
    /// <param name="options">Bounds.</param>
    public DiskCache(
        BlockDisk disk, IPageMemory memory, IKernelClock clock, Func<IKernelSignal> makeSignal, Action wake, CacheOptions options)
    {
        ArgumentNullException.ThrowIfNull(disk);
        BlockDeviceDescription description = disk.Identity.Description;
        _disk = disk;
        _clock = clock;
        _options = options;
        _wake = wake;
        _store = new PageStore(memory, description.SectorCount * description.SectorBytes, description.SectorBytes);
        _reader = new PageReader(_sync, disk, _store, options, _waiters.WakeAll);
        _writeBack = new WriteBack(_sync, disk, _store, options, _waiters.WakeAll, _flushWaiters.WakeAll);
        _calls = new WaitingCalls(_sync, clock, makeSignal);
    }

    /// <summary>The disk.</summary>
    public BlockDisk Disk => _disk;

    /// <summary>What the cache holds and has done.</summary>
    public CacheStatistics GetStatistics()
    {
        lock (_sync)
        {
            return new CacheStatistics(
                _store.Count, _writeBack.Unwritten, _hits, _misses, _reader.PagesAhead, _writeBack.PagesWritten, _writeBack.Flushes);
        }
    }

    /// <summary>Reads. See <see cref="IBlockVolume.Read"/>.</summary>
    public CallStatus Read(ulong offset, Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return CallStatus.Ok;
        }

        lock (_sync)
        {
            _reader.Note(offset / IPageMemory.PageBytes, (offset + (ulong)destination.Length - 1) / IPageMemory.PageBytes);
        }

        ReadCall call = new(this, offset, destination);
        return Run(ref call);
    }

    /// <summary>Writes. See <see cref="IBlockVolume.Write"/> and <see cref="IBlockVolume.WriteLate"/>.</summary>
    public CallStatus Write(ulong offset, ReadOnlySpan<byte> source, bool isLate)
    {
        WriteCall call = new(this, offset, source, isLate);
        return Run(ref call);
    }

    /// <summary>Sets a point in the order among writes. See <see cref="IBlockVolume.Order"/>.</summary>
    public CallStatus Order()
    {
        lock (_sync)
        {
            _writeBack.Order();
            return _writeBack.Failure;
        }
    }

    /// <summary>Waits for the medium. See <see cref="IBlockVolume.Flush"/>.</summary>
    public CallStatus Flush()
    {
        ulong epoch;
        lock (_sync)
        {
            epoch = _writeBack.BeginFlush();
        }

        FlushCall call = new(this, epoch);
        return Run(ref call);
    }

    /// <summary>Forgets what the disk has as well, so that the next read is one of the disk. For measurements and tests.</summary>
    public void Forget()
    {
        lock (_sync)
        {
            _store.RemoveIdle();
        }
    }

    /// <summary>Some time has passed: old writes go to the disk. Returns when it is time again.</summary>
    public long Tick(long nowNanoseconds)
    {
        lock (_sync)
        {
            if (_writeBack.DueNanoseconds <= nowNanoseconds)
            {
                _writeBack.WriteAll();
            }

            _tickNanoseconds = _writeBack.DueNanoseconds;
            return _tickNanoseconds;
        }
    }

    /// <summary>The disk will not come back.</summary>
    internal void DiskGone()
    {
        lock (_sync)
        {
            _writeBack.Fail(CallStatus.NotFound);
        }
    }

    // The disk is told that somebody waits for it, and when nobody does any more, whatever has ended the wait.
    private CallStatus Run<TCall>(ref TCall call)
        where TCall : struct, IWaitingCall, allows ref struct
    {
        lock (_sync)
        {
            if (call.Try() is { } status)
            {
                return status;
            }
        }

        _disk.BeginWait();
        try
        {
            return _calls.Run(ref call, -1);
        }
        finally
        {
            _disk.EndWait();
        }
    }

    /// <summary>What to answer to a call that needs memory and gets none: wait for some that is on its way, or give up.</summary>
    private CallStatus? WaitForMemory()
    {
        if (_store.Count == 0)
        {
            return CallStatus.OutOfResources;
        }

        _writeBack.WriteAll();
        return null;
    }

    // Old writes go by themselves after a while, many at once.
    private void NoteWritten()
    {
        if (_writeBack.Unwritten >= _store.Limit / _options.WriteFraction)
        {
            _writeBack.WriteAll();
        }
        else if (_writeBack.DueNanoseconds < _tickNanoseconds)
        {
            _tickNanoseconds = _writeBack.DueNanoseconds;
            _wake();
        }
    }

    private ref struct ReadCall(DiskCache cache, ulong offset, Span<byte> destination) : IWaitingCall
    {
        private readonly Span<byte> _destination = destination;
        private int _done;

        public readonly WaitQueue Queue => cache._waiters;

        public CallStatus? Try()
        {
            CallStatus? status = ReadPages();
            cache._reader.Wake();
            return status;
        }

        private CallStatus? ReadPages()
        {
            ulong lastPage = (offset + (ulong)_destination.Length - 1) / IPageMemory.PageBytes;
            while (_done < _destination.Length)
            {
                ulong position = offset + (ulong)_done;
                ulong index = position / IPageMemory.PageBytes;
                CachedPage? page = cache._store.Find(index);
                if (page is null)
                {
                    if (cache._disk.IsGone)
                    {
                        return CallStatus.NotFound;
                    }

                    uint begun = cache._reader.Begin(index, lastPage, isPatient: false);
                    cache._misses += begun;
                    if (begun == 0)
                    {
                        return cache.WaitForMemory();
                    }

                    continue;
                }

                switch (page.State)
                {
                    case PageState.Reading:
                        cache._reader.ReadAhead(lastPage);
                        return null;
                    case PageState.Failed:
                        cache._store.Remove(page);
                        return CallStatus.Failed;
                }

                int start = (int)(position % IPageMemory.PageBytes);
                int count = Math.Min(_destination.Length - _done, IPageMemory.PageBytes - start);
                cache._store.Get(page.Memory).Slice(start, count).CopyTo(_destination[_done..]);
                cache._store.Touch(page);
                cache._hits++;
                _done += count;
            }

            cache._reader.ReadAhead(lastPage);
            return CallStatus.Ok;
        }
    }

    private ref struct WriteCall(DiskCache cache, ulong offset, ReadOnlySpan<byte> source, bool isLate) : IWaitingCall
    {
        private readonly ReadOnlySpan<byte> _source = source;
        private int _done;

        public readonly WaitQueue Queue => cache._waiters;

        public CallStatus? Try()
        {
            CallStatus? status = WritePages();
            cache._reader.Wake();
            return status;
        }

        private CallStatus? WritePages()
        {
            while (_done < _source.Length)
            {
                if (cache._writeBack.Failure != CallStatus.Ok)
                {
                    return cache._writeBack.Failure;
                }

                uint unwritten = cache._writeBack.Unwritten;
                if (unwritten >= cache._store.Limit / cache._options.ThrottleFraction)
                {
                    cache._writeBack.WriteAll();
                    return null;
                }

                switch (WritePage(out int count))
                {
                    case Piece.Written:
                        _done += count;
                        break;
                    case Piece.WaitsForPage:
                        return null;
                    case Piece.WaitsForMemory:
                        return cache.WaitForMemory();
                    default:
                        return CallStatus.Failed;
                }
            }

            cache.NoteWritten();
            return CallStatus.Ok;
        }

        // Writes the piece that lies in one page.
        private readonly Piece WritePage(out int count)
        {
            ulong position = offset + (ulong)_done;
            ulong index = position / IPageMemory.PageBytes;
            int start = (int)(position % IPageMemory.PageBytes);
            int length = (int)cache._store.LengthOf(index);
            count = Math.Min(_source.Length - _done, length - start);
            bool isWhole = count == length;
            CachedPage? page = cache._store.Find(index);
            if (page is { State: PageState.Failed })
            {
                cache._store.Remove(page);
                page = null;
                if (!isWhole)
                {
                    return Piece.Refused;
                }
            }

            if (page is null)
            {
                if (!isWhole)
                {
                    return cache._reader.Begin(index, index, isPatient: false) == 0 ? Piece.WaitsForMemory : Piece.WaitsForPage;
                }

                page = cache._store.TryAdd(index, PageState.Valid);
                if (page is null)
                {
                    return Piece.WaitsForMemory;
                }

                cache._store.MakeIdle(page);
            }

            if (page.State != PageState.Valid)
            {
                return Piece.WaitsForPage;
            }

            if (!cache._writeBack.TryMakeWritable(page, isLate, cache._clock.NowNanoseconds))
            {
                return Piece.WaitsForMemory;
            }

            _source.Slice(_done, count).CopyTo(cache._store.Get(page.Memory)[start..]);
            return Piece.Written;
        }
    }

    private readonly struct FlushCall(DiskCache cache, ulong epoch) : IWaitingCall
    {
        public WaitQueue Queue => cache._flushWaiters;

        public CallStatus? Try() => cache._writeBack.DurableEpoch >= epoch
            ? CallStatus.Ok
            : cache._writeBack.Failure is var failure and not CallStatus.Ok ? failure : null;
    }
}
