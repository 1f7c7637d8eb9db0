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
public sealed class ConnectionMemory : ILeakProbe
{
    private const long SpareNanoseconds = 1_000_000_000;

    // So much of the machine's memory is left to others, above all to the next instance of whatever dies.
    private const nuint ReservedFraction = 16;

    // So much of it large blocks may take: a thousand connections must still find room.
    private const nuint LargeFraction = 8;

    // Seventeen pages of every thirty-two would leave holes that are too short for anybody else. Fifteen blocks fill 256.
    private const int SmallBlocksPerRun = 15;

    private readonly Lock _sync = new();
    private readonly ConnectionRun?[] _runs = new ConnectionRun?[TransportLimits.Connections];
    private readonly int[] _placeInRun = new int[TransportLimits.Connections];
    private readonly Stack<uint> _largeSpares = [];
    private Stack<uint> _smallSpares = [];
    private Domain? _viewer;
    private uint _blockCount;
    private nuint _largePages;
    private nuint _heldPages;

    // One more than the highest block that has memory: showing them costs as much as there are.
    private uint _end;
    private bool _isUsed;
    private bool _isTrimmed;
    private long _nextTrimNanoseconds;

    /// <inheritdoc/>
    public string Name => "connection blocks in view";

    /// <summary>Pages that blocks lie in now, used or spare.</summary>
    public nuint HeldPages => _heldPages;

    /// <summary>One more than the highest number that a block can have.</summary>
    public uint Limit => (uint)_runs.Length;

    private bool HasRoomForLarge => _largePages + ConnectionRun.LargeBlockPages <= FrameAllocator.TotalFrames / LargeFraction;

    /// <inheritdoc/>
    public uint CountHeldBy(uint domainId) => _viewer?.DomainId == domainId ? _blockCount : 0;

    /// <summary>Takes a block. False if memory is short or the numbers are used up.</summary>
    public bool TryTake(out uint block)
    {
        lock (_sync)
        {
            _isUsed = true;
            bool isTaken = _largeSpares.TryPop(out block)
                || (HasRoomForLarge && TryMake(isLarge: true, 1) && _largeSpares.TryPop(out block))
                || _smallSpares.TryPop(out block)
                || ((TryMake(isLarge: false, SmallBlocksPerRun) || TryMake(isLarge: false, 1)) && _smallSpares.TryPop(out block));
            if (isTaken)
            {
                _runs[block]!.Used++;
            }

            return isTaken;
        }
    }

    /// <summary>Gives a block back. Nobody uses it any more.</summary>
    public void Return(uint block)
    {
        lock (_sync)
        {
            _isUsed = true;
            _runs[block]!.Used--;
            SparesOf(block).Push(block);
        }
    }

    /// <summary>The memory of a block that was taken.</summary>
    public Span<byte> Get(uint block) => _runs[block]!.Get(_placeInRun[block]);

    /// <summary>Frees the memory of blocks that nobody has wanted for a while. Returns when to ask again.</summary>
    public long Trim(long nowNanoseconds)
    {
        lock (_sync)
        {
            if (_isUsed)
            {
                _isUsed = false;
                _isTrimmed = false;
                _nextTrimNanoseconds = nowNanoseconds + SpareNanoseconds;
            }

            if (_isTrimmed || _largeSpares.Count + _smallSpares.Count == 0)
            {
                return long.MaxValue;
            }

            if (nowNanoseconds < _nextTrimNanoseconds)
            {
                return _nextTrimNanoseconds;
            }

            FreeUnusedRuns();
            _isTrimmed = true;
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
                if (_runs[block]?.TryShow(_placeInRun[block], domain, block) == false)
                {
                    HideAll(domain);
                    return 0;
                }
            }

            _viewer = domain;
            return ConnectionRun.AddressIn(domain, 0);
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

    private Stack<uint> SparesOf(uint block) => _runs[block]!.IsLarge ? _largeSpares : _smallSpares;

    // Makes blocks and keeps them as spare ones. Fewer than were asked for if the numbers run out.
    private bool TryMake(bool isLarge, int count)
    {
        nuint pages = ConnectionRun.PagesOf(isLarge) * (nuint)count;
        if (_blockCount == Limit || FrameAllocator.FreeFrames < (FrameAllocator.TotalFrames / ReservedFraction) + pages)
        {
            return false;
        }

        ConnectionRun? run = ConnectionRun.TryAllocate(isLarge, count);
        if (run is null)
        {
            return false;
        }

        _heldPages += run.Pages;
        int made = 0;
        for (uint block = 0; block < Limit && made < count; block++)
        {
            if (_runs[block] is null)
            {
                if (_viewer is not null && !run.TryShow(made, _viewer, block))
                {
                    break;
                }

                _runs[block] = run;
                _placeInRun[block] = made++;
                _blockCount++;
                _end = Math.Max(_end, block + 1);
                SparesOf(block).Push(block);
            }
        }

        run.Blocks = made;
        _largePages += isLarge ? pages : 0;
        if (made == 0)
        {
            Free(run);
        }

        return made != 0;
    }

    private void FreeUnusedRuns()
    {
        for (uint block = 0; block < _end; block++)
        {
            if (_runs[block] is { Used: 0 } run)
            {
                if (_viewer is not null)
                {
                    run.Hide(_viewer, block);
                }

                _runs[block] = null;
                _blockCount--;
                if (--run.Blocks == 0)
                {
                    Free(run);
                }
            }
        }

        while (_end > 0 && _runs[_end - 1] is null)
        {
            _end--;
        }

        // Every large block is a run of its own; of the small ones those stay whose neighbours are in use.
        _largeSpares.Clear();
        Stack<uint> kept = new();
        foreach (uint block in _smallSpares)
        {
            if (_runs[block] is not null)
            {
                kept.Push(block);
            }
        }

        _smallSpares = kept;
    }

    private void Free(ConnectionRun run)
    {
        _largePages -= run.IsLarge ? ConnectionRun.LargeBlockPages : 0;
        _heldPages -= run.Pages;
        run.Free();
    }

    private void HideAll(Domain domain)
    {
        for (uint block = 0; block < _end; block++)
        {
            _runs[block]?.Hide(domain, block);
        }
    }
}
