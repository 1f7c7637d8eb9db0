using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// Clusters and the chains that they form. What is free is counted when the volume is mounted and kept in memory; the table on the
/// medium is what holds.
/// </summary>
internal sealed class ClusterStore
{
    /// <summary>How much of the table is read at once: a multiple of a sector, and of the bytes that two entries of FAT12 take.</summary>
    public const int ReadBytes = 48 * 1024;

    private readonly VolumeBytes _bytes;
    private readonly VolumeGeometry _geometry;
    private readonly ClusterMap _free;
    private readonly List<uint> _fresh = [];
    private uint _next = VolumeGeometry.FirstCluster;

    public ClusterStore(VolumeBytes bytes, VolumeGeometry geometry)
    {
        _bytes = bytes;
        _geometry = geometry;
        Table = new FatTable(bytes, geometry);
        _free = new ClusterMap(geometry.ClusterLimit);
        CountFree();
    }

    /// <summary>The table.</summary>
    public FatTable Table { get; }

    /// <summary>How many clusters can be had.</summary>
    public uint FreeCount => _free.Count;

    /// <summary>Where the next one is looked for.</summary>
    public uint NextHint => _next;

    /// <summary>Whether a cluster can be had.</summary>
    public bool IsFree(uint cluster) => _free.Contains(cluster);

    /// <summary>The first cluster from a place on that is neither free nor in a map; zero if there is none.</summary>
    public uint FindNeither(ClusterMap map, uint start) => _free.FindNeither(map, start);

    /// <summary>The cluster behind one of a chain; zero at the end.</summary>
    public uint Next(uint cluster)
    {
        uint value = Table.Get(Require(cluster));
        return Table.IsEnd(value) ? 0 : Require(value);
    }

    /// <summary>The cluster behind one of a chain; zero at the end, and where the chain is damaged.</summary>
    public uint Follow(uint cluster)
    {
        uint value = Table.Get(cluster);
        return _geometry.IsCluster(value) ? value : 0;
    }

    /// <summary>The cluster so many places further on in a chain that is known to be long enough.</summary>
    public uint Skip(uint cluster, uint count)
    {
        for (; count != 0; count--)
        {
            cluster = Next(cluster);
            Require(cluster);
        }

        return cluster;
    }

    /// <summary>Takes a free cluster, near another one if possible, and makes a chain of it alone. Not written yet.</summary>
    public uint Take(uint near, Func<uint, bool>? isWanted = null)
    {
        uint start = near != 0 ? near + 1 : _next;
        uint first = 0;
        for (uint cluster = _free.Find(start); cluster != 0; cluster = _free.Find(cluster + 1))
        {
            if (cluster == first)
            {
                break;
            }

            first = first == 0 ? cluster : first;
            if (isWanted is null || isWanted(cluster))
            {
                _free.Remove(cluster);
                _fresh.Add(cluster);
                Table.Set(cluster, FatTable.End);
                _next = cluster + 1;
                return cluster;
            }
        }

        throw new FileSystemException(FileStatus.NoSpace);
    }

    /// <summary>Takes two free clusters of which one follows the other. Not written yet.</summary>
    public uint TakePair(uint last, Func<uint, bool> isWanted)
    {
        uint first = Take(last, cluster =>
            CanFollow(last, cluster) && isWanted(cluster) && cluster + 1 < _geometry.ClusterLimit && _free.Contains(cluster + 1));
        _free.Remove(first + 1);
        _fresh.Add(first + 1);
        Table.Set(first + 1, FatTable.End);
        return first;
    }

    /// <summary>Joins two clusters of a chain that nothing on the medium points at. Not written yet.</summary>
    public void Join(uint cluster, uint next) => Table.Set(cluster, next);

    /// <summary>Writes what was taken and joined.</summary>
    public void Write()
    {
        Table.Write();
        _fresh.Clear();
    }

    /// <summary>Gives back what was taken and not written.</summary>
    public void Discard()
    {
        Table.Discard();
        _fresh.ForEach(cluster => _free.Add(cluster));
        _fresh.Clear();
    }

    /// <summary>
    /// Appends a chain to one that the medium points at, by one write to each copy of the table. All else that is new must be on
    /// its way to the medium before.
    /// </summary>
    public void Link(uint last, uint next)
    {
        if (Table.IsSplit(last))
        {
            Table.SetSplit(last, next, firstSectorFirst: true);
            return;
        }

        Table.Set(last, next);
        Table.Write();
    }

    /// <summary>
    /// Whether a cluster may follow this one in a chain that the medium points at: a split entry must end the chain until the
    /// second of its two writes is done.
    /// </summary>
    public bool CanFollow(uint last, uint next)
        => !Table.IsSplit(last) || Table.IsEnd(Table.MixSplit(last, next, firstSectorFirst: true));

    /// <summary>Frees a chain that nothing on the medium points at any more. Returns what is left of it after so many clusters.</summary>
    public uint Release(uint first, uint limit)
    {
        uint cluster = first;
        while (cluster != 0 && limit-- != 0)
        {
            uint value = _geometry.IsCluster(cluster) ? Table.Get(cluster) : FatTable.Free;
            if (value == FatTable.Free || Table.IsBad(value))
            {
                // An earlier instance has come so far, or the chain was damaged: what follows is not ours to free.
                cluster = 0;
                break;
            }

            Free(cluster, value);
            cluster = Table.IsEnd(value) ? 0 : value;
        }

        Table.Write();
        return cluster;
    }

    /// <summary>Frees one cluster that belongs to no file. <see cref="FatTable.Write"/> is for the caller.</summary>
    public void Reclaim(uint cluster) => Free(cluster, Table.Get(cluster));

    /// <summary>Ends a chain at a cluster; what follows is to be released.</summary>
    public void Cut(uint last)
    {
        if (Table.IsSplit(last))
        {
            // From a link to the end by way of something that ends the chain too, or by way of another link: only in a chain
            // that nothing points at, as clusters with such entries are never taken.
            Table.SetSplit(last, FatTable.End, firstSectorFirst: !Table.IsEnd(Table.MixSplit(last, FatTable.End, firstSectorFirst: false)));
            return;
        }

        Table.Set(last, FatTable.End);
        Table.Write();
    }

    private void Free(uint cluster, uint value)
    {
        if (!Table.IsSplit(cluster))
        {
            Table.Set(cluster, FatTable.Free);
            _free.Add(cluster);
            return;
        }

        // Half of the entry may look like a link that leads nowhere, which is worse than a cluster that is lost.
        foreach (bool firstSectorFirst in new[] { true, false })
        {
            uint between = Table.MixSplit(cluster, FatTable.Free, firstSectorFirst);
            if (between == FatTable.Free || _geometry.IsCluster(between) || Table.IsEnd(between))
            {
                Table.Write();
                Table.SetSplit(cluster, FatTable.Free, firstSectorFirst);
                return;
            }
        }
    }

    private uint Require(uint cluster) => _geometry.IsCluster(cluster) ? cluster : throw new FileSystemException(FileStatus.Damaged);

    private void CountFree()
    {
        byte[] buffer = new byte[ReadBytes];
        uint entriesPerRead = ReadBytes * 8 / _geometry.FatBits;
        for (uint start = 0; start < _geometry.ClusterLimit; start += entriesPerRead)
        {
            ulong offset = (ulong)start * _geometry.FatBits / 8;
            int length = (int)Math.Min(ReadBytes, _geometry.FatBytes - offset);
            _bytes.ReadContent(_geometry.FatPosition + offset, buffer.AsSpan(0, length));
            uint end = Math.Min(entriesPerRead, _geometry.ClusterLimit - start);
            for (uint entry = start == 0 ? VolumeGeometry.FirstCluster : 0; entry < end; entry++)
            {
                uint run = Math.Min(CountFreeEntries(buffer.AsSpan(0, length), entry), end - entry);
                if (run != 0)
                {
                    _free.AddRun(start + entry, run);
                    entry += run - 1;
                }
                else if (IsFreeEntry(buffer, (int)entry) && !Table.IsSplit(start + entry))
                {
                    // Clusters with split entries are never taken: one write could not put them into use.
                    _free.Add(start + entry);
                }
            }
        }
    }

    // Entries from one on that are all zeros, found as bytes are searched. Those of FAT12 are looked at one by one, and what has to be kept
    // of an entry of FAT32 as well.
    private uint CountFreeEntries(ReadOnlySpan<byte> table, uint entry)
    {
        if (_geometry.FatBits == 12)
        {
            return 0;
        }

        uint entryBytes = _geometry.FatBits / 8;
        ReadOnlySpan<byte> rest = table[(int)(entry * entryBytes)..];
        int zeros = rest.IndexOfAnyExcept((byte)0);
        return (uint)(zeros < 0 ? rest.Length : zeros) / entryBytes;
    }

    private bool IsFreeEntry(byte[] table, int entry) => _geometry.FatBits switch
    {
        32 => (table[entry * 4] | table[(entry * 4) + 1] | table[(entry * 4) + 2] | (table[(entry * 4) + 3] & 0x0F)) == 0,
        16 => (table[entry * 2] | table[(entry * 2) + 1]) == 0,
        _ when entry % 2 == 0 => (table[entry * 3 / 2] | (table[(entry * 3 / 2) + 1] & 0x0F)) == 0,
        _ => ((table[entry * 3 / 2] & 0xF0) | table[(entry * 3 / 2) + 1]) == 0,
    };
}
