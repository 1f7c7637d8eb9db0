using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Storage;

/// <summary>Finds out how a disk is divided.</summary>
public static class PartitionTable
{
    /// <summary>
    /// Reads the table of a disk. <paramref name="partitions"/> is empty if it has none, as one whose first sector is that of a
    /// file system. An answer other than <see cref="CallStatus.Ok"/> is that of the disk, which cannot be read.
    /// </summary>
    public static CallStatus Read(IBlockVolume disk, out IReadOnlyList<Partition> partitions)
    {
        partitions = [];
        byte[] sector = new byte[disk.SectorBytes];
        CallStatus status = disk.Read(0, sector);
        if (status != CallStatus.Ok || !MasterBootRecord.IsTable(sector))
        {
            return status;
        }

        partitions = MasterBootRecord.HasType(sector, MasterBootRecord.Protective)
            ? GuidPartitionTable.TryRead(disk) ?? []
            : MasterBootRecord.Read(disk, sector);
        return CallStatus.Ok;
    }
}
