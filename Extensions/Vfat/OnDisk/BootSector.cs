using System;
using System.Buffers.Binary;
using System.Numerics;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// The first sector of a volume (Microsoft, FAT: General Overview of On-Disk Format, 1.03). Nothing in it is believed: whatever
/// is taken from it lies within the volume, and no two parts overlap.
/// </summary>
internal static class BootSector
{
    /// <summary>How much of it is read.</summary>
    public const int Bytes = 512;

    /// <summary>FAT12 and FAT16: where the byte is of which bit 0 says that the volume was not put to rest.</summary>
    public const int StateOffset = 0x25;

    /// <summary>FAT32: where the same byte is.</summary>
    public const int StateOffsetFat32 = 0x41;

    private const uint Fat12Limit = 4085;
    private const uint Fat16Limit = 65525;
    private const uint Fat32Limit = 0x0FFF_FFF5;
    private const uint MaximumClusterBytes = 256 * 1024;

    /// <summary>Reads it. False if there is no FAT volume of this size.</summary>
    public static bool TryParse(ReadOnlySpan<byte> sector, ulong volumeBytes, out VolumeGeometry geometry)
    {
        geometry = null!;
        uint sectorBytes = BinaryPrimitives.ReadUInt16LittleEndian(sector[11..]);
        uint clusterSectors = sector[13];
        uint reservedSectors = BinaryPrimitives.ReadUInt16LittleEndian(sector[14..]);
        uint fatCount = sector[16];
        uint rootBytes = BinaryPrimitives.ReadUInt16LittleEndian(sector[17..]) * (uint)DirectoryEntry.Bytes;
        uint shortFatSectors = BinaryPrimitives.ReadUInt16LittleEndian(sector[22..]);
        uint shortTotal = BinaryPrimitives.ReadUInt16LittleEndian(sector[19..]);
        ulong totalSectors = shortTotal != 0 ? shortTotal : BinaryPrimitives.ReadUInt32LittleEndian(sector[32..]);
        bool isFat32 = shortFatSectors == 0;
        uint fatSectors = isFat32 ? BinaryPrimitives.ReadUInt32LittleEndian(sector[36..]) : shortFatSectors;
        bool isPlausible = sector[510] == 0x55 && sector[511] == 0xAA
            && sectorBytes is 512 or 1024 or 2048 or 4096
            && BitOperations.IsPow2(clusterSectors) && clusterSectors * sectorBytes <= MaximumClusterBytes
            && reservedSectors != 0 && fatCount is 1 or 2 && fatSectors != 0
            && rootBytes % sectorBytes == 0 && isFat32 == (rootBytes == 0)
            && totalSectors * sectorBytes <= volumeBytes;
        if (!isPlausible)
        {
            return false;
        }

        ulong fatBytes = (ulong)fatSectors * sectorBytes;
        ulong rootPosition = ((ulong)reservedSectors * sectorBytes) + (fatBytes * fatCount);
        ulong dataPosition = rootPosition + rootBytes;
        ulong clusters = totalSectors * sectorBytes <= dataPosition
            ? 0
            : ((totalSectors * sectorBytes) - dataPosition) / (clusterSectors * sectorBytes);
        uint fatBits = isFat32 ? 32u : clusters < Fat12Limit ? 12u : 16u;
        if (clusters == 0
            || clusters >= (isFat32 ? Fat32Limit : Fat16Limit)
            || (clusters + VolumeGeometry.FirstCluster) * fatBits > fatBytes * 8)
        {
            return false;
        }

        uint rootCluster = isFat32 ? BinaryPrimitives.ReadUInt32LittleEndian(sector[44..]) : 0;
        uint information = isFat32 ? BinaryPrimitives.ReadUInt16LittleEndian(sector[48..]) : 0u;
        geometry = new VolumeGeometry
        {
            FatBits = fatBits,
            FatPosition = (ulong)reservedSectors * sectorBytes,
            FatBytes = fatBytes,
            FatCount = fatCount,
            RootPosition = rootPosition,
            RootBytes = rootBytes,
            RootCluster = rootCluster,
            DataPosition = dataPosition,
            ClusterBytes = clusterSectors * sectorBytes,
            ClusterCount = (uint)clusters,
            InformationPosition = information is > 0 and < 0xFFFF && information < reservedSectors ? information * sectorBytes : 0,
            SerialNumber = BinaryPrimitives.ReadUInt32LittleEndian(sector[(isFat32 ? 67 : 39)..]),
        };
        return !isFat32 || geometry.IsCluster(rootCluster);
    }
}
