using System.Collections.Generic;

namespace NooksOS.Isolation;

/// <summary>Hands out ranges of addresses in units of pages, first fit, and merges what comes back.</summary>
public sealed class PageRangeAllocator
{
    private readonly SortedList<ulong, ulong> _free = [];

    /// <param name="firstPage">Number of the first page.</param>
    /// <param name="pageCount">How many there are.</param>
    public PageRangeAllocator(ulong firstPage, ulong pageCount) => _free.Add(firstPage, pageCount);

    /// <summary>Takes a range. False if no free range is long enough.</summary>
    public bool TryTake(ulong pageCount, out ulong firstPage)
    {
        for (int index = 0; index < _free.Count; index++)
        {
            ulong length = _free.GetValueAtIndex(index);
            if (length < pageCount)
            {
                continue;
            }

            firstPage = _free.GetKeyAtIndex(index);
            _free.RemoveAt(index);
            if (length > pageCount)
            {
                _free.Add(firstPage + pageCount, length - pageCount);
            }

            return true;
        }

        firstPage = 0;
        return false;
    }

    /// <summary>Gives a range back. The caller has taken it before, as a whole or in part.</summary>
    public void Return(ulong firstPage, ulong pageCount)
    {
        int next = FirstIndexAfter(firstPage);
        if (next < _free.Count && firstPage + pageCount == _free.GetKeyAtIndex(next))
        {
            pageCount += _free.GetValueAtIndex(next);
            _free.RemoveAt(next);
        }

        if (next > 0)
        {
            ulong previousPage = _free.GetKeyAtIndex(next - 1);
            ulong previousCount = _free.GetValueAtIndex(next - 1);
            if (previousPage + previousCount == firstPage)
            {
                _free.SetValueAtIndex(next - 1, previousCount + pageCount);
                return;
            }
        }

        _free.Add(firstPage, pageCount);
    }

    private int FirstIndexAfter(ulong page)
    {
        int low = 0;
        int high = _free.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_free.GetKeyAtIndex(middle) <= page)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
