using System;
using System.Collections.Generic;
using System.Numerics;
using System.Threading;

namespace NooksOS.Storage;

/// <summary>
/// Gives out pages one by one from runs of pages that belong together. Pages of a cache live long: taken one by one from all
/// over memory they would sooner or later leave no room between them for anything that is larger than a page. Any number of
/// threads may use it.
/// </summary>
/// <param name="takeRun">
/// Takes a run of <see cref="PagesPerRun"/> pages that begins at a multiple of its length. Zero if there is none.
/// </param>
/// <param name="returnRun">Gives a run back, of which no page is in use.</param>
public sealed class PageRuns(Func<ulong> takeRun, Action<ulong> returnRun)
{
    /// <summary>How many pages a run has: a bit for each in a word.</summary>
    public const uint PagesPerRun = 64;

    private const ulong RunBytes = PagesPerRun * IPageMemory.PageBytes;
    private const ulong AllFree = ulong.MaxValue;

    private readonly Lock _sync = new();

    // By the address of the run: a bit for each page that is free. And those of them that have any.
    private readonly Dictionary<ulong, ulong> _free = [];
    private readonly List<ulong> _usable = [];

    /// <summary>Pages of all runs that it has now, used or not.</summary>
    public long HeldPages
    {
        get
        {
            lock (_sync)
            {
                return _free.Count * (long)PagesPerRun;
            }
        }
    }

    /// <summary>Takes a page. False if there is none.</summary>
    public bool TryTake(out ulong page)
    {
        lock (_sync)
        {
            page = 0;
            if (_usable.Count == 0 && !TryAddRun())
            {
                return false;
            }

            ulong run = _usable[^1];
            ulong free = _free[run];
            page = run + ((ulong)BitOperations.TrailingZeroCount(free) * IPageMemory.PageBytes);
            free &= free - 1;
            _free[run] = free;
            if (free == 0)
            {
                _usable.RemoveAt(_usable.Count - 1);
            }

            return true;
        }
    }

    /// <summary>Gives a page back that was taken here.</summary>
    public void Return(ulong page)
    {
        lock (_sync)
        {
            ulong run = page & ~(RunBytes - 1);
            ulong before = _free[run];
            ulong after = before | (1UL << (int)((page - run) / IPageMemory.PageBytes));
            if (before == 0)
            {
                _usable.Add(run);
            }

            _free[run] = after;
            if (after == AllFree)
            {
                _free.Remove(run);
                _usable.Remove(run);
                returnRun(run);
            }
        }
    }

    private bool TryAddRun()
    {
        ulong run = takeRun();
        if (run == 0)
        {
            return false;
        }

        _free.Add(run, AllFree);
        _usable.Add(run);
        return true;
    }
}
