using System;
using System.Collections.Generic;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Storage;

/// <summary>The pages of one disk that are in memory, and the memory for them: bounded. The cache guards it.</summary>
/// <param name="memory">The memory.</param>
/// <param name="diskBytes">Size of the disk.</param>
/// <param name="sectorBytes">Size of its sectors.</param>
internal sealed class PageStore(IPageMemory memory, ulong diskBytes, uint sectorBytes) : ITransferMemory
{
    private readonly Dictionary<ulong, CachedPage> _pages = [];
    private readonly PageList _idle = new();
    private uint _memoryPages;

    /// <summary>How many pages there are.</summary>
    public uint Count => (uint)_pages.Count;

    /// <summary>How many there may be, old versions included.</summary>
    public uint Limit => memory.LimitPages;

    /// <summary>Pages of the disk. The last one may be shorter.</summary>
    public ulong DiskPages => (diskBytes + IPageMemory.PageBytes - 1) / IPageMemory.PageBytes;

    /// <summary>How long a page of the disk is.</summary>
    public uint LengthOf(ulong index) => (uint)Math.Min(IPageMemory.PageBytes, diskBytes - (index * IPageMemory.PageBytes));

    /// <summary>How many sectors it has.</summary>
    public uint SectorsOf(ulong index) => LengthOf(index) / sectorBytes;

    /// <summary>The sector that it begins with.</summary>
    public ulong FirstSectorOf(ulong index) => index * (IPageMemory.PageBytes / sectorBytes);

    /// <summary>The contents of a page or a version.</summary>
    public Span<byte> Get(ulong page) => memory.Get(page);

    /// <summary>A page, or null if it is not here.</summary>
    public CachedPage? Find(ulong index) => _pages.GetValueOrDefault(index);

    /// <summary>Makes a page that is not here. Null if there is no memory that could be given up for it.</summary>
    public CachedPage? TryAdd(ulong index, PageState state)
    {
        if (!TryTake(out ulong frame))
        {
            return null;
        }

        CachedPage page = new(index, frame) { State = state };
        _pages.Add(index, page);
        return page;
    }

    /// <summary>Takes memory, if need be that of the page that was not used for the longest time.</summary>
    public bool TryTake(out ulong frame)
    {
        if (_memoryPages < Limit && memory.TryTake(out frame))
        {
            _memoryPages++;
            return true;
        }

        if (_idle.Oldest is not { } oldest)
        {
            frame = 0;
            return false;
        }

        _idle.Remove(oldest);
        _pages.Remove(oldest.Index);
        frame = oldest.Memory;
        return true;
    }

    /// <summary>Gives memory back that no page has any more.</summary>
    public void Return(ulong frame)
    {
        memory.Return(frame);
        _memoryPages--;
    }

    /// <summary>Forgets a page that nobody reads into or writes from, and that is not among the idle ones.</summary>
    public void Remove(CachedPage page)
    {
        _pages.Remove(page.Index);
        Return(page.Memory);
    }

    /// <summary>Forgets a page whose memory a device that is gone may still have: nobody gets it again.</summary>
    public void Abandon(CachedPage page)
    {
        _pages.Remove(page.Index);
        _memoryPages--;
    }

    /// <summary>The page may be given up from now on.</summary>
    public void MakeIdle(CachedPage page) => _idle.Add(page);

    /// <summary>The page may not be given up any more.</summary>
    public void MakeBusy(CachedPage page) => _idle.Remove(page);

    /// <summary>The page was used.</summary>
    public void Touch(CachedPage page)
    {
        if (page is { State: PageState.Valid, Unwritten: null })
        {
            _idle.Remove(page);
            _idle.Add(page);
        }
    }

    /// <summary>Forgets every page that can be given up.</summary>
    public void RemoveIdle()
    {
        while (_idle.Oldest is { } page)
        {
            _idle.Remove(page);
            Remove(page);
        }
    }
}
