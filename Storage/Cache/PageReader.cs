using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Storage;

/// <summary>Brings pages from the disk: those that somebody wants, and those that he will want next. The cache guards it.</summary>
internal sealed class PageReader
{
    private const uint LeastAheadPages = 16;

    private readonly Lock _sync;
    private readonly BlockDisk _disk;
    private readonly PageStore _store;
    private readonly Action _changed;
    private readonly Stack<CacheTransfer> _spare = new();
    private readonly uint _maximumPages;
    private readonly uint _mostAheadPages;
    private ulong _expectedPage = ulong.MaxValue;
    private ulong _aheadEnd;
    private uint _aheadPages;
    private int _pagesToReadAlone;
    private bool _hasBegun;

    /// <param name="sync">Guards all of this.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="store">The pages.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="changed">Called under the guard when waiting calls should look again.</param>
    public PageReader(Lock sync, BlockDisk disk, PageStore store, CacheOptions options, Action changed)
    {
        _sync = sync;
        _disk = disk;
        _store = store;
        _changed = changed;
        _maximumPages = Math.Min(BlockLimits.SegmentsPerRequest, disk.Identity.Description.MaximumSegments);
        _mostAheadPages = Math.Min(options.AheadPages, store.Limit / options.AheadFraction);
    }

    /// <summary>Pages that were read because somebody reads one after the other.</summary>
    public ulong PagesAhead { get; private set; }

    /// <summary>Somebody reads these pages. Who reads one after the other will want what follows.</summary>
    public void Note(ulong firstPage, ulong lastPage)
    {
        bool isNext = firstPage == _expectedPage || firstPage + 1 == _expectedPage;
        _aheadPages = isNext ? Math.Min(Math.Max(LeastAheadPages, _aheadPages * 2), _mostAheadPages) : 0;
        _aheadEnd = isNext ? Math.Max(_aheadEnd, lastPage + 1) : 0;
        _expectedPage = lastPage + 1;
    }

    /// <summary>Begins to read what will be wanted next, if it is worth it. What was wanted now ends with this page.</summary>
    public void ReadAhead(ulong lastPage)
    {
        // Half of it is left when the other half is begun, and never less than is worth a transfer, but for the end of the disk.
        ulong wanted = Math.Min(lastPage + 1 + _aheadPages, _store.DiskPages);
        bool isWorthIt = _aheadEnd < wanted && (wanted - _aheadEnd >= _aheadPages / 2 || wanted == _store.DiskPages);
        if (_aheadPages == 0 || _pagesToReadAlone != 0 || !isWorthIt)
        {
            return;
        }

        while (_aheadEnd < wanted)
        {
            if (_store.Find(_aheadEnd) is not null)
            {
                _aheadEnd++;
                continue;
            }

            uint begun = Begin(_aheadEnd, wanted - 1, isPatient: true);
            if (begun == 0)
            {
                return;
            }

            PagesAhead += begun;
            _aheadEnd += begun;
        }
    }

    /// <summary>Lets the disk have what was begun: all of it together.</summary>
    public void Wake()
    {
        if (_hasBegun)
        {
            _hasBegun = false;
            _disk.Wake();
        }
    }

    /// <summary>
    /// Begins to read pages that are not here, as soon as <see cref="Wake"/> is called. Returns how many; none if there is no memory
    /// for them. Patient is who does not wait for them.
    /// </summary>
    public uint Begin(ulong firstPage, ulong lastPage, bool isPatient)
    {
        uint limit = _pagesToReadAlone > 0 ? 1 : _maximumPages;
        CacheTransfer? transfer = null;
        for (ulong index = firstPage; index <= lastPage && index - firstPage < limit && _store.Find(index) is null; index++)
        {
            if (_store.TryAdd(index, PageState.Reading) is not { } page)
            {
                break;
            }

            if (transfer is null)
            {
                transfer = _spare.TryPop(out CacheTransfer? spare) ? spare : new CacheTransfer(EndRead, _store);
                transfer.Reset(BlockOperation.Read, _store.FirstSectorOf(firstPage));
                transfer.Transfer.IsPatient = isPatient;
            }

            transfer.Add(page, _store.SectorsOf(index), _store.LengthOf(index));
        }

        if (transfer is null)
        {
            return 0;
        }

        uint count = (uint)transfer.Count;
        _pagesToReadAlone -= Math.Min(_pagesToReadAlone, 1);
        _disk.Add(transfer.Transfer);
        _hasBegun = true;
        return count;
    }

    private void EndRead(CacheTransfer transfer)
    {
        lock (_sync)
        {
            bool isDone = transfer.Transfer.Result == BlockResult.Done;
            if (!isDone && transfer.Count > 1)
            {
                // One bad sector is not to make its neighbours unreadable: each page is tried alone by whoever wants it.
                _pagesToReadAlone += transfer.Count;
            }

            foreach (CachedPage? page in transfer.Pages)
            {
                EndPage(page!, isDone, isAlone: transfer.Count == 1);
            }

            _spare.Push(transfer);
            _changed();
        }
    }

    private void EndPage(CachedPage page, bool isDone, bool isAlone)
    {
        if (isDone)
        {
            page.State = PageState.Valid;
            _store.MakeIdle(page);
        }
        else if (_disk.IsGone)
        {
            _store.Abandon(page);
        }
        else if (isAlone)
        {
            page.State = PageState.Failed;
        }
        else
        {
            _store.Remove(page);
        }
    }
}
