using System;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Ranges of a byte stream, in order and apart from each other. There is room for a fixed number; what does not fit is not taken, which
/// for both uses only costs a retransmission: as the octets that arrived beyond a gap, and as those that the peer says it has.
/// </summary>
internal sealed class RangeSet
{
    /// <summary>
    /// How many ranges fit. The smallest ring holds 22 segments of Ethernet, so that no more than 11 can be apart; larger rings and smaller
    /// segments may lose.
    /// </summary>
    public const int Capacity = 32;

    private readonly long[] _starts = new long[Capacity];
    private readonly long[] _ends = new long[Capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Octets in all ranges.</summary>
    public long Octets
    {
        get
        {
            long octets = 0;
            for (int index = 0; index < Count; index++)
            {
                octets += _ends[index] - _starts[index];
            }

            return octets;
        }
    }

    /// <summary>Where the last range ends; the lowest number there is if there are none.</summary>
    public long End => Count == 0 ? long.MinValue : _ends[Count - 1];

    /// <summary>Where a range starts. The first one is the lowest.</summary>
    public long StartOf(int index) => _starts[index];

    /// <summary>Where a range ends: the position behind its last octet.</summary>
    public long EndOf(int index) => _ends[index];

    /// <summary>The range that holds the position, or -1.</summary>
    public int Find(long position)
    {
        for (int index = 0; index < Count && _starts[index] <= position; index++)
        {
            if (position < _ends[index])
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Adds a range, joined with those that it touches. False if there is no room.</summary>
    public bool TryAdd(long start, long end)
    {
        int first = 0;
        while (first < Count && _ends[first] < start)
        {
            first++;
        }

        int behind = first;
        while (behind < Count && _starts[behind] <= end)
        {
            start = Math.Min(start, _starts[behind]);
            end = Math.Max(end, _ends[behind]);
            behind++;
        }

        if (behind == first && Count == Capacity)
        {
            return false;
        }

        Replace(first, behind, isFilled: true);
        _starts[first] = start;
        _ends[first] = end;
        return true;
    }

    /// <summary>Forgets what is below a position.</summary>
    public void RemoveBelow(long position)
    {
        int whole = 0;
        while (whole < Count && _ends[whole] <= position)
        {
            whole++;
        }

        if (whole != 0)
        {
            Replace(0, whole, isFilled: false);
        }

        if (Count != 0)
        {
            _starts[0] = Math.Max(_starts[0], position);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = 0;

    // Makes one place, or none, of those from first up to behind.
    private void Replace(int first, int behind, bool isFilled)
    {
        int next = isFilled ? first + 1 : first;
        Array.Copy(_starts, behind, _starts, next, Count - behind);
        Array.Copy(_ends, behind, _ends, next, Count - behind);
        Count += next - behind;
    }
}
