using System;

namespace NooksOS.Kernel.Memory;

/// <summary>Walks the parts of a range that none of the reserved ranges touches, lowest first.</summary>
internal ref struct RangeSubtraction
{
    private readonly ReadOnlySpan<PhysicalRange> _reserved;
    private readonly ulong _end;
    private ulong _cursor;

    /// <summary>Begins with the whole pages of a range. The reserved ranges may overlap each other and need no order.</summary>
    public RangeSubtraction(PhysicalRange range, ReadOnlySpan<PhysicalRange> reserved)
    {
        _reserved = reserved;
        _cursor = AddressLayout.PageCeiling(range.Start);
        _end = AddressLayout.PageFloor(range.End);
    }

    /// <summary>The next free part, in whole pages.</summary>
    public bool TryNext(out PhysicalRange free)
    {
        while (_cursor < _end)
        {
            ulong nextReserved = _end;
            ulong skipTo = 0;
            foreach (PhysicalRange range in _reserved)
            {
                ulong start = AddressLayout.PageFloor(range.Start);
                ulong end = AddressLayout.PageCeiling(range.End);
                if (end <= _cursor || start >= end)
                {
                    continue;
                }

                if (start <= _cursor)
                {
                    skipTo = end > skipTo ? end : skipTo;
                }
                else if (start < nextReserved)
                {
                    nextReserved = start;
                }
            }

            if (skipTo != 0)
            {
                _cursor = skipTo;
                continue;
            }

            free = new PhysicalRange(_cursor, nextReserved);
            _cursor = nextReserved;
            return true;
        }

        free = default;
        return false;
    }
}
