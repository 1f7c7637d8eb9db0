using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Storage;

/// <summary>
/// Brings what was written to the disk, in the order that was asked for: epoch by epoch, and between two of them the disk
/// empties its own cache if power would take what is there. The cache guards it.
/// </summary>
internal sealed class WriteBack
{
    private readonly BlockDisk _disk;
    private readonly PageStore _store;
    private readonly CacheOptions _options;
    private readonly Action _changed;
    private readonly Action _passed;
    private readonly System.Threading.Lock _sync;
    private readonly LinkedList<WriteEpoch> _epochs = new();
    private readonly Stack<CacheTransfer> _spare = new();
    private readonly CacheTransfer _flush;
    private readonly bool _hasVolatileCache;
    private readonly int _maximumPages;
    private WriteEpoch _current;
    private int _writing;
    private bool _hasEnough;
    private bool _isFlushing;
    private bool _isUnflushed;
    private bool _isAdvancing;
    private ulong _flushTarget;
    private ulong _flushCovers;
    private long _oldestNanoseconds = long.MaxValue;

    /// <param name="sync">Guards all of this.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="store">The pages.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="changed">Called under the guard when calls should look again that wait for pages or for memory.</param>
    /// <param name="passed">Called under the guard when calls should look again that wait for the medium.</param>
    public WriteBack(
        System.Threading.Lock sync, BlockDisk disk, PageStore store, CacheOptions options, Action changed, Action passed)
    {
        _sync = sync;
        _disk = disk;
        _store = store;
        _options = options;
        _changed = changed;
        _passed = passed;
        _flush = new CacheTransfer(EndFlush);
        _hasVolatileCache = (disk.Identity.Description.Features & BlockDeviceFeatures.VolatileCache) != 0;
        _maximumPages = (int)Math.Min(BlockLimits.SegmentsPerRequest, disk.Identity.Description.MaximumSegments);
        Close();
    }

    /// <summary>Versions that are not on the disk.</summary>
    public uint Unwritten { get; private set; }

    /// <summary>Pages that were written.</summary>
    public ulong PagesWritten { get; private set; }

    /// <summary>Flushes of the disk's own cache.</summary>
    public ulong Flushes { get; private set; }

    /// <summary>Why nothing is written any more, or <see cref="CallStatus.Ok"/>.</summary>
    public CallStatus Failure { get; private set; }

    /// <summary>Everything written up to this epoch is on the medium.</summary>
    public ulong DurableEpoch { get; private set; }

    /// <summary>When the oldest write is due by itself.</summary>
    public long DueNanoseconds
        => _oldestNanoseconds == long.MaxValue ? long.MaxValue : _oldestNanoseconds + _options.DelayNanoseconds;

    private WriteEpoch Last => _epochs.Last!.Value;

    /// <summary>
    /// Makes a valid page writable in place: the disk will get what the caller then writes. False if there is no memory for
    /// another version of it. What is written late belongs to the epoch behind the current one, which stays open meanwhile.
    /// </summary>
    public bool TryMakeWritable(CachedPage page, bool isLate, long nowNanoseconds)
    {
        PageVersion? youngest = page.Unwritten;
        if (isLate && ReferenceEquals(Last, _current))
        {
            _epochs.AddLast(new WriteEpoch(Last.Number + 1));
        }
        else if (!isLate && youngest?.Epoch.Number > _current.Number)
        {
            // A page does not go back: from here on nothing does, so that what is written late comes behind this, too.
            _current = Last;
        }

        WriteEpoch epoch = isLate ? Last : _current;
        if (youngest is { IsWriting: false } && ReferenceEquals(youngest.Epoch, epoch))
        {
            return true;
        }

        if (youngest is null)
        {
            _store.MakeBusy(page);
        }
        else
        {
            // The disk is still to see what the page was before.
            if (!_store.TryTake(out ulong copy))
            {
                return false;
            }

            _store.Get(page.Memory).CopyTo(_store.Get(copy));
            page.Memory = copy;
        }

        PageVersion version = new(page, epoch, youngest);
        page.Unwritten = version;
        epoch.IsUsed = true;
        epoch.Waiting.Add(version);
        epoch.Unwritten++;
        Unwritten++;
        _oldestNanoseconds = Math.Min(_oldestNanoseconds, nowNanoseconds);
        return true;
    }

    /// <summary>What is written from now on comes after everything before. Returns the epoch that ends with that.</summary>
    public ulong Order()
    {
        if (_current.IsUsed || Last.IsUsed)
        {
            Close();
        }

        return _current.Number - 1;
    }

    /// <summary>Begins to bring everything to the medium. Returns the epoch after which it is there.</summary>
    public ulong BeginFlush()
    {
        ulong target = Order();
        _flushTarget = Math.Max(_flushTarget, target);
        WriteAll();
        return target;
    }

    /// <summary>Begins to write everything that there is so far.</summary>
    public void WriteAll()
    {
        // What is late is due as well, and so what it waits for comes to an end.
        _current = Last;
        foreach (WriteEpoch epoch in _epochs)
        {
            epoch.MakeDue();
        }

        _oldestNanoseconds = long.MaxValue;
        Advance();
    }

    /// <summary>Nothing is written any more. The first reason is the one that is told.</summary>
    public void Fail(CallStatus reason)
    {
        Failure = Failure == CallStatus.Ok ? reason : Failure;
        _changed();
        _passed();
    }

    /// <summary>What is written from now on belongs to a new epoch.</summary>
    [MemberNotNull(nameof(_current))]
    private void Close()
    {
        _current = new WriteEpoch((_epochs.Last?.Value.Number ?? 0) + 1);
        _epochs.AddLast(_current);
    }

    /// <summary>Gives the disk what may go now.</summary>
    private void Advance()
    {
        if (_isAdvancing)
        {
            // A transfer that ends at once leads here again: the loop below goes on by itself.
            return;
        }

        _isAdvancing = true;
        bool hasStepped = false;
        while (Failure == CallStatus.Ok && !_isFlushing && TryStep())
        {
            hasStepped = true;
        }

        _isAdvancing = false;
        if (hasStepped)
        {
            _disk.Wake();
        }
    }

    private bool TryStep()
    {
        WriteEpoch head = _epochs.First!.Value;
        if (head.Unwritten != 0)
        {
            return head.Due.Count != 0 && HasRoom() && TryWrite(head);
        }

        bool isClosed = head.Number < _current.Number;
        bool isWanted = _flushTarget > DurableEpoch || HasUnwrittenBehind();
        if (!isClosed || !isWanted)
        {
            return false;
        }

        if (_hasVolatileCache && _isUnflushed)
        {
            _isFlushing = true;
            _isUnflushed = false;
            _flushCovers = head.Number;
            Flushes++;
            _flush.Reset(BlockOperation.Flush, 0);
            _disk.Add(_flush.Transfer);
            return true;
        }

        Pass(head.Number);
        return true;
    }

    // The disk is not given one more for each that ends, but half as many as it has at most when it has no more than that left: so one
    // call of the driver takes many of them, and the disk has always enough to do.
    private bool HasRoom()
    {
        _hasEnough = _hasEnough ? _writing > _options.MaximumWrites / 2 : _writing >= _options.MaximumWrites;
        return !_hasEnough;
    }

    private bool HasUnwrittenBehind()
    {
        for (LinkedListNode<WriteEpoch>? node = _epochs.First!.Next; node is not null; node = node.Next)
        {
            if (node.Value.Due.Count != 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Pass(ulong epoch)
    {
        DurableEpoch = epoch;
        while (_epochs.Count > 1 && _epochs.First!.Value.Number <= epoch)
        {
            _epochs.RemoveFirst();
        }

        _isUnflushed &= _hasVolatileCache;
        _passed();
    }

    // Pages that follow each other go in one transfer. False if the next one has to wait for an older version of itself.
    private bool TryWrite(WriteEpoch head)
    {
        PageVersion first = head.Due.Peek();
        if (first.Predecessor is not null)
        {
            return false;
        }

        CacheTransfer transfer = _spare.TryPop(out CacheTransfer? spare) ? spare : new CacheTransfer(EndWrite);
        transfer.Reset(BlockOperation.Write, _store.FirstSectorOf(first.Page.Index));
        ulong next = first.Page.Index;
        while (transfer.Count < _maximumPages && head.Due.TryPeek(out PageVersion? version)
            && version.Page.Index == next && version.Predecessor is null)
        {
            head.Due.Dequeue();
            version.IsWriting = true;
            transfer.Add(version, _store.SectorsOf(next), _store.LengthOf(next));
            next++;
        }

        _writing++;
        _disk.Add(transfer.Transfer);
        return true;
    }

    private void EndWrite(CacheTransfer transfer)
    {
        lock (_sync)
        {
            _writing--;
            if (transfer.Transfer.Result == BlockResult.Done)
            {
                _isUnflushed = true;
                foreach (PageVersion? version in transfer.Versions)
                {
                    EndVersion(version!);
                }
            }
            else
            {
                Fail(_disk.IsGone ? CallStatus.NotFound : CallStatus.Failed);
            }

            _spare.Push(transfer);
            _changed();
            Advance();
        }
    }

    private void EndVersion(PageVersion version)
    {
        version.Epoch.Unwritten--;
        Unwritten--;
        PagesWritten++;
        CachedPage page = version.Page;
        if (ReferenceEquals(page.Unwritten, version))
        {
            page.Unwritten = null;
            _store.MakeIdle(page);
            return;
        }

        PageVersion successor = page.Unwritten!;
        while (!ReferenceEquals(successor.Predecessor, version))
        {
            successor = successor.Predecessor!;
        }

        successor.Predecessor = null;
        _store.Return(version.Memory);
    }

    private void EndFlush(CacheTransfer transfer)
    {
        lock (_sync)
        {
            _isFlushing = false;
            if (transfer.Transfer.Result == BlockResult.Done)
            {
                Pass(_flushCovers);
            }
            else
            {
                Fail(_disk.IsGone ? CallStatus.NotFound : CallStatus.Failed);
            }

            Advance();
        }
    }
}
