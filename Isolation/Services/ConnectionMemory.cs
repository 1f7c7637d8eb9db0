using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Memory;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>
/// The memory of connection blocks. It belongs to the kernel, which sees each block through its direct map; the one domain
/// that carries connections now sees them all, writable, in its slot. When that domain dies its view goes and the blocks stay.
/// <para>
/// Large blocks are given out until they take their share of the memory, then small ones. Blocks that are given back are kept
/// for the next connection until <see cref="Trim"/>: clearing, mapping and unmapping them costs more than a handshake.
/// </para>
/// </summary>
public sealed unsafe class ConnectionMemory : ILeakProbe
{
    private const nuint SmallBlockPages = ConnectionBlock.SmallBlockBytes / (nuint)AddressLayout.PageBytes;
    private const nuint LargeBlockPages = ConnectionBlock.LargeBlockBytes / (nuint)AddressLayout.PageBytes;
    private const long SpareNanoseconds = 1_000_000_000;

    // So much of the machine's memory is left to others, above all to the next instance of whatever dies.
    private const nuint ReservedFraction = 16;

    // So much of it large blocks may take: a thousand connections must still find room.
    private const nuint LargeFraction = 8;

    private readonly Lock _sync = new();

    // The direct map's addresses of the blocks that have memory; zero where there is none.
    private readonly ulong[] _blocks = new ulong[TransportLimits.Connections];
    private readonly bool[] _isLarge = new bool[TransportLimits.Connections];
    private readonly Stack<uint> _largeSpares = [];
    private readonly Stack<uint> _smallSpares = [];
    private Domain? _viewer;

    // One more than the highest block that has memory: showing them costs as much as there are.
    private uint _end;
    private uint _blockCount;
    private nuint _largePages;
    private nuint _smallPages;
    private bool _isUsed;
    private long _nextTrimNanoseconds;

    /// <inheritdoc/>
    public string Name => "connection blocks in view";

    /// <summary>One more than the highest number that a block can have.</summary>
    public uint Limit => (uint)_blocks.Length;

    /// <summary>How many pages the blocks take.</summary>
    public ulong Pages => _largePages + _smallPages;

    /// <inheritdoc/>
    public uint CountHeldBy(uint domainId) => _viewer?.DomainId == domainId ? _blockCount : 0;

    /// <summary>Takes a block. False if memory is short or the numbers are used up.</summary>
    public bool TryTake(out uint block)
    {
        lock (_sync)
        {
            _isUsed = true;
            return _largeSpares.TryPop(out block)
                || (HasRoomForLarge && TryMake(isLarge: true, out block))
                || _smallSpares.TryPop(out block)
                || TryMake(isLarge: false, out block);
        }
    }

    /// <summary>Gives a block back. Nobody uses it any more.</summary>
    public void Return(uint block)
    {
        lock (_sync)
        {
            _isUsed = true;
            (_isLarge[block] ? _largeSpares : _smallSpares).Push(block);
        }
    }

    // SAFETY: the direct map covers the block's frames, which stay the block's until it is given back and trimmed.
    /// <summary>The memory of a block that was taken.</summary>
    public Span<byte> Get(uint block) => new((void*)_blocks[block], (int)(PagesOf(block) * AddressLayout.PageBytes));

    /// <summary>Frees the memory of blocks that nobody has wanted for a while. Returns when to ask again.</summary>
    public long Trim(long nowNanoseconds)
    {
        lock (_sync)
        {
            if (_isUsed)
            {
                _isUsed = false;
                _nextTrimNanoseconds = nowNanoseconds + SpareNanoseconds;
            }

            if (_largeSpares.Count + _smallSpares.Count == 0)
            {
                return long.MaxValue;
            }

            if (nowNanoseconds < _nextTrimNanoseconds)
            {
                return _nextTrimNanoseconds;
            }

            while (_largeSpares.TryPop(out uint block) || _smallSpares.TryPop(out block))
            {
                Free(block);
            }

            return long.MaxValue;
        }
    }

    /// <summary>Shows a domain every block, now and later. Returns where, or zero if memory is short or another domain sees them.</summary>
    public ulong Open(Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        lock (_sync)
        {
            if (_viewer is not null)
            {
                return 0;
            }

            for (uint block = 0; block < _end; block++)
            {
                if (_blocks[block] != 0 && !TryShow(domain, block))
                {
                    HideAll(domain);
                    return 0;
                }
            }

            _viewer = domain;
            return domain.Control->SlotBase + SlotLayout.Connections;
        }
    }

    /// <summary>The domain sees no block any more.</summary>
    public void Close(Domain domain)
    {
        lock (_sync)
        {
            if (ReferenceEquals(_viewer, domain))
            {
                HideAll(domain);
                _viewer = null;
            }
        }
    }

    private static ulong AddressIn(Domain domain, uint block)
        => domain.Control->SlotBase + SlotLayout.Connections + ((ulong)block * ConnectionBlock.LargeBlockBytes);

    private bool HasRoomForLarge => _largePages + LargeBlockPages <= FrameAllocator.TotalFrames / LargeFraction;

    private ref nuint PagesOfSize(bool isLarge) => ref isLarge ? ref _largePages : ref _smallPages;

    private nuint PagesOf(uint block) => _isLarge[block] ? LargeBlockPages : SmallBlockPages;

    private void Hide(Domain domain, uint block) => DomainPages.Unmap(domain.Control, AddressIn(domain, block), PagesOf(block));

    private bool TryMake(bool isLarge, out uint block)
    {
        nuint pages = isLarge ? LargeBlockPages : SmallBlockPages;
        block = (uint)Array.IndexOf(_blocks, 0ul);
        if (block == uint.MaxValue || FrameAllocator.FreeFrames < (FrameAllocator.TotalFrames / ReservedFraction) + pages)
        {
            return false;
        }

        // Cleared, because the domain will see what its last user has left there.
        void* memory = FrameAllocator.AllocateZeroedPages(pages);
        if (memory == null)
        {
            return false;
        }

        _blocks[block] = (ulong)memory;
        _isLarge[block] = isLarge;
        _blockCount++;
        PagesOfSize(isLarge) += pages;
        _end = Math.Max(_end, block + 1);
        if (_viewer is not null && !TryShow(_viewer, block))
        {
            Free(block);
            return false;
        }

        return true;
    }

    private void Free(uint block)
    {
        if (_viewer is not null)
        {
            Hide(_viewer, block);
        }

        FrameAllocator.FreePages((void*)_blocks[block], PagesOf(block));
        _blockCount--;
        PagesOfSize(_isLarge[block]) -= PagesOf(block);
        _blocks[block] = 0;
        while (_end > 0 && _blocks[_end - 1] == 0)
        {
            _end--;
        }
    }

    private bool TryShow(Domain domain, uint block)
    {
        ulong address = AddressIn(domain, block);
        ulong physicalAddress = PhysicalMemory.FromPointer((void*)_blocks[block]);
        ulong lengthBytes = PagesOf(block) * AddressLayout.PageBytes;
        for (ulong offset = 0; offset < lengthBytes; offset += AddressLayout.PageBytes)
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

    private void HideAll(Domain domain)
    {
        for (uint block = 0; block < _end; block++)
        {
            if (_blocks[block] != 0)
            {
                Hide(domain, block);
            }
        }
    }
}
