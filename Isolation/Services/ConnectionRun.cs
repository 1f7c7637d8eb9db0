using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>Frames that follow each other, and the connection blocks of one size that lie in them.</summary>
internal sealed unsafe class ConnectionRun
{
    private readonly byte* _memory;
    private readonly nuint _pages;

    private ConnectionRun(byte* memory, nuint pages, bool isLarge, int blocks)
    {
        _memory = memory;
        _pages = pages;
        IsLarge = isLarge;
        Blocks = blocks;
    }

    /// <summary>Pages of a large block.</summary>
    public static nuint LargeBlockPages => PagesOf(isLarge: true);

    /// <summary>Its pages.</summary>
    public nuint Pages => _pages;

    /// <summary>Whether its blocks are large ones.</summary>
    public bool IsLarge { get; }

    /// <summary>How many blocks it has, or still has while it is taken apart.</summary>
    public int Blocks { get; set; }

    /// <summary>How many of them are in use.</summary>
    public int Used { get; set; }

    private int BlockBytes => IsLarge ? ConnectionBlock.LargeBlockBytes : ConnectionBlock.SmallBlockBytes;

    /// <summary>Pages of a block of this size.</summary>
    public static nuint PagesOf(bool isLarge)
        => (nuint)(isLarge ? ConnectionBlock.LargeBlockBytes : ConnectionBlock.SmallBlockBytes) / (nuint)AddressLayout.PageBytes;

    /// <summary>Takes memory for so many blocks. Null if no frames in a row are free.</summary>
    public static ConnectionRun? TryAllocate(bool isLarge, int blocks)
    {
        // Cleared, because a domain will see what their last user has left there.
        nuint pages = PagesOf(isLarge) * (nuint)blocks;
        void* memory = FrameAllocator.AllocateZeroedPages(pages);
        return memory == null ? null : new ConnectionRun((byte*)memory, pages, isLarge, blocks);
    }

    /// <summary>Where a domain sees a block, whichever run it is in.</summary>
    public static ulong AddressIn(Domain domain, uint block)
        => domain.Control->SlotBase + SlotLayout.Connections + ((ulong)block * ConnectionBlock.LargeBlockBytes);

    /// <summary>The memory of the block at this place.</summary>
    public Span<byte> Get(int place)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)(place + 1) * (ulong)BlockBytes, _pages * AddressLayout.PageBytes);

        // SAFETY:
        // 1. The check keeps the block inside the frames of the run.
        // 2. The direct map covers them, and they stay the run's until it is freed, when nobody has a block of it.
        return new Span<byte>(_memory + ((nuint)place * (nuint)BlockBytes), BlockBytes);
    }

    /// <summary>Maps the block at this place into a domain, writable. False if memory is short; then nothing is mapped.</summary>
    public bool TryShow(int place, Domain domain, uint block)
    {
        ulong address = AddressIn(domain, block);
        ulong physicalAddress = PhysicalMemory.FromPointer(_memory) + ((ulong)place * (ulong)BlockBytes);
        for (ulong offset = 0; offset < (ulong)BlockBytes; offset += AddressLayout.PageBytes)
        {
            if (!DomainPages.TryMap(
                domain.Control, address + offset, physicalAddress + offset, PageFlags.Writable | PageFlags.NotOwned))
            {
                // Pages that are not mapped are passed over.
                Hide(domain, block);
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a block of this run out of a domain.</summary>
    public void Hide(Domain domain, uint block) => DomainPages.Unmap(domain.Control, AddressIn(domain, block), PagesOf(IsLarge));

    /// <summary>Gives the frames back.</summary>
    public void Free() => FrameAllocator.FreePages(_memory, _pages);
}
