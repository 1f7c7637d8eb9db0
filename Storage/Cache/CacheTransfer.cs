using System;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Storage;

/// <summary>A transfer and the pages that it moves. Used again and again.</summary>
internal sealed class CacheTransfer
{
    private readonly CachedPage?[] _pages = new CachedPage?[BlockLimits.SegmentsPerRequest];
    private readonly PageVersion?[] _versions = new PageVersion?[BlockLimits.SegmentsPerRequest];

    /// <param name="ended">Called when it has ended.</param>
    /// <param name="memory">The memory of the pages that it reads.</param>
    public CacheTransfer(Action<CacheTransfer> ended, ITransferMemory? memory = null)
        => Transfer = new BlockTransfer(_ => ended(this)) { Memory = memory };

    /// <summary>The transfer.</summary>
    public BlockTransfer Transfer { get; }

    /// <summary>How many pages it moves.</summary>
    public int Count { get; private set; }

    /// <summary>The pages, of a read.</summary>
    public ReadOnlySpan<CachedPage?> Pages => _pages.AsSpan(0, Count);

    /// <summary>The versions, of a write.</summary>
    public ReadOnlySpan<PageVersion?> Versions => _versions.AsSpan(0, Count);

    /// <summary>Begins anew.</summary>
    public void Reset(BlockOperation operation, ulong firstSector)
    {
        _pages.AsSpan(0, Count).Clear();
        _versions.AsSpan(0, Count).Clear();
        Count = 0;
        Transfer.Clear();
        Transfer.Operation = operation;
        Transfer.FirstSector = firstSector;
        Transfer.SectorCount = 0;
        Transfer.IsPatient = false;
    }

    /// <summary>Adds a page to read.</summary>
    public void Add(CachedPage page, uint sectors, uint lengthBytes)
    {
        _pages[Count++] = page;
        Grow(page.Memory, sectors, lengthBytes);
    }

    /// <summary>Adds a version to write.</summary>
    public void Add(PageVersion version, uint sectors, uint lengthBytes)
    {
        _versions[Count++] = version;
        Grow(version.Memory, sectors, lengthBytes);
    }

    private void Grow(ulong memory, uint sectors, uint lengthBytes)
    {
        Transfer.Add(memory, lengthBytes);
        Transfer.SectorCount += sectors;
    }
}
