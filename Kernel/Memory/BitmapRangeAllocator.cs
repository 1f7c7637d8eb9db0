namespace NooksOS.Kernel.Memory;

/// <summary>
/// First fit from where the last search ended, over a bitmap. Starting where the last search ended leaves an address unused for
/// as long as possible after it was freed, so that a stale pointer finds nothing. Not synchronised.
/// </summary>
internal unsafe struct BitmapRangeAllocator
{
    /// <summary>No room.</summary>
    public const uint None = uint.MaxValue;

    private const int BitsPerWord = 64;

    private ulong* _words;
    private uint _unitCount;
    private uint _next;

    /// <summary>Units that are in use.</summary>
    public uint UsedCount { get; private set; }

    /// <summary>Begins with every unit free.</summary>
    /// <param name="words">Zeroed memory, one bit for each unit.</param>
    /// <param name="unitCount">A multiple of 64.</param>
    public void Initialize(ulong* words, uint unitCount)
    {
        _words = words;
        _unitCount = unitCount;
        _next = 0;
        UsedCount = 0;
    }

    /// <summary>Takes units that follow each other. Returns the first, or <see cref="None"/>.</summary>
    public uint Allocate(uint count)
    {
        if (count == 0 || count > _unitCount)
        {
            return None;
        }

        uint first = Find(_next, _unitCount, count);
        if (first == None)
        {
            first = Find(0, _unitCount, count);
        }

        if (first != None)
        {
            for (uint unit = first; unit < first + count; unit++)
            {
                _words[unit / BitsPerWord] |= 1UL << (int)(unit % BitsPerWord);
            }

            UsedCount += count;
            _next = first + count;
        }

        return first;
    }

    /// <summary>Gives units back. False, and nothing is changed, if one of them is not in use.</summary>
    public bool TryFree(uint first, uint count)
    {
        if (count == 0 || (ulong)first + count > _unitCount)
        {
            return false;
        }

        for (uint unit = first; unit < first + count; unit++)
        {
            if (!IsUsed(unit))
            {
                return false;
            }
        }

        for (uint unit = first; unit < first + count; unit++)
        {
            _words[unit / BitsPerWord] &= ~(1UL << (int)(unit % BitsPerWord));
        }

        UsedCount -= count;
        return true;
    }

    private readonly bool IsUsed(uint unit) => (_words[unit / BitsPerWord] >> (int)(unit % BitsPerWord) & 1) != 0;

    private readonly uint Find(uint start, uint end, uint count)
    {
        uint run = 0;
        for (uint unit = start; unit < end; unit++)
        {
            ulong rest = ~(_words[unit / BitsPerWord] >> (int)(unit % BitsPerWord));
            if (run == 0 && unit % BitsPerWord == 0 && rest == 0)
            {
                unit += BitsPerWord - 1;
                continue;
            }

            if ((rest & 1) == 0)
            {
                run = 0;
                continue;
            }

            run++;
            if (run == count)
            {
                return unit + 1 - count;
            }
        }

        return None;
    }
}
