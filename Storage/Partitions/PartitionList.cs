using System;
using System.Collections.Generic;

namespace NooksOS.Storage;

/// <summary>Collects the partitions of a table that can be: whatever the table says, they lie on the disk and apart from each other.</summary>
internal sealed class PartitionList(ulong diskSectors)
{
    /// <summary>The most partitions of a disk that anybody looks at.</summary>
    public const uint MaximumPartitions = 63;

    private readonly List<Partition> _partitions = [];

    /// <summary>Those that were good.</summary>
    public IReadOnlyList<Partition> Partitions => _partitions;

    /// <summary>Takes a partition if it is good. What sticks out behind the end of the disk is cut off.</summary>
    public void Add(uint number, ulong firstSector, ulong sectorCount, string kind)
    {
        // Sector 0 has the table itself.
        if (number is 0 or > MaximumPartitions || firstSector == 0 || sectorCount == 0 || firstSector >= diskSectors)
        {
            return;
        }

        ulong count = Math.Min(sectorCount, diskSectors - firstSector);
        foreach (Partition other in _partitions)
        {
            if (firstSector < other.FirstSector + other.SectorCount && other.FirstSector < firstSector + count)
            {
                return;
            }
        }

        _partitions.Add(new Partition(number, firstSector, count, kind, count != sectorCount));
    }
}
