using System;
using System.Numerics;

namespace NooksOS.Extensions.Vfat;

/// <summary>A bit for every cluster.</summary>
internal sealed class ClusterMap(uint limit)
{
    private const int WordBits = 64;

    private readonly ulong[] _words = new ulong[(limit + WordBits - 1) / WordBits];

    /// <summary>How many bits are set.</summary>
    public uint Count { get; private set; }

    /// <summary>One more than the highest cluster.</summary>
    public uint Limit { get; } = limit;

    /// <summary>Whether the bit is set.</summary>
    public bool Contains(uint cluster) => (_words[cluster / WordBits] & (1UL << (int)(cluster % WordBits))) != 0;

    /// <summary>Sets the bit. False if it was set before.</summary>
    public bool Add(uint cluster)
    {
        bool isNew = !Contains(cluster);
        _words[cluster / WordBits] |= 1UL << (int)(cluster % WordBits);
        Count += isNew ? 1u : 0;
        return isNew;
    }

    /// <summary>Sets the bits of clusters that follow each other, of which none is set.</summary>
    public void AddRun(uint first, uint count)
    {
        Count += count;
        while (count != 0)
        {
            uint bit = first % WordBits;
            uint here = Math.Min(count, (uint)WordBits - bit);
            _words[first / WordBits] |= ulong.MaxValue >> (int)((uint)WordBits - here) << (int)bit;
            first += here;
            count -= here;
        }
    }

    /// <summary>The first cluster from a place on whose bit is set neither here nor in another map; zero if there is none.</summary>
    public uint FindNeither(ClusterMap other, uint start)
    {
        for (start = Math.Max(start, VolumeGeometry.FirstCluster); start < Limit; start = (start / WordBits * WordBits) + WordBits)
        {
            ulong word = ~(_words[start / WordBits] | other._words[start / WordBits]) >> (int)(start % WordBits);
            if (word != 0)
            {
                uint found = start + (uint)BitOperations.TrailingZeroCount(word);
                return found < Limit ? found : 0;
            }
        }

        return 0;
    }

    /// <summary>Clears the bit.</summary>
    public void Remove(uint cluster)
    {
        Count -= Contains(cluster) ? 1u : 0;
        _words[cluster / WordBits] &= ~(1UL << (int)(cluster % WordBits));
    }

    /// <summary>The first cluster from a place on whose bit is set, going round once; zero if there is none.</summary>
    public uint Find(uint start)
    {
        start = start < Limit ? start : 0;
        uint found = FindBetween(start, Limit);
        return found != 0 ? found : FindBetween(0, start);
    }

    private uint FindBetween(uint start, uint end)
    {
        while (start < end)
        {
            ulong word = _words[start / WordBits] >> (int)(start % WordBits);
            if (word != 0)
            {
                uint found = start + (uint)BitOperations.TrailingZeroCount(word);
                return found < end ? found : 0;
            }

            start = (start / WordBits * WordBits) + WordBits;
        }

        return 0;
    }
}
