namespace NooksOS.Extensions.Vfat;

/// <summary>Where everything is on a volume, in bytes from its first. Made from a boot sector that was found valid.</summary>
internal sealed record VolumeGeometry
{
    /// <summary>The first data cluster has this number.</summary>
    public const uint FirstCluster = 2;

    /// <summary>Width of an entry of the allocation table: 12, 16 or 32.</summary>
    public required uint FatBits { get; init; }

    /// <summary>Where the first allocation table begins.</summary>
    public required ulong FatPosition { get; init; }

    /// <summary>The length of one copy of the table.</summary>
    public required ulong FatBytes { get; init; }

    /// <summary>How many copies there are, 1 or 2.</summary>
    public required uint FatCount { get; init; }

    /// <summary>Where the root directory of FAT12 and FAT16 begins.</summary>
    public required ulong RootPosition { get; init; }

    /// <summary>The length of the root directory of FAT12 and FAT16; zero for FAT32.</summary>
    public required uint RootBytes { get; init; }

    /// <summary>Where the root directory of FAT32 begins; zero for FAT12 and FAT16.</summary>
    public required uint RootCluster { get; init; }

    /// <summary>Where cluster 2 begins.</summary>
    public required ulong DataPosition { get; init; }

    /// <summary>The size of a cluster.</summary>
    public required uint ClusterBytes { get; init; }

    /// <summary>How many data clusters there are.</summary>
    public required uint ClusterCount { get; init; }

    /// <summary>Where the information sector of FAT32 is; zero if there is none.</summary>
    public required ulong InformationPosition { get; init; }

    /// <summary>The volume's serial number.</summary>
    public required uint SerialNumber { get; init; }

    /// <summary>One more than the highest cluster number.</summary>
    public uint ClusterLimit => ClusterCount + FirstCluster;

    /// <summary>Whether a number is that of a data cluster.</summary>
    public bool IsCluster(uint cluster) => cluster >= FirstCluster && cluster < ClusterLimit;

    /// <summary>Where a cluster begins.</summary>
    public ulong PositionOf(uint cluster) => DataPosition + ((ulong)(cluster - FirstCluster) * ClusterBytes);

    /// <summary>How many clusters so many bytes take.</summary>
    public uint ClustersFor(ulong lengthBytes) => (uint)((lengthBytes + ClusterBytes - 1) / ClusterBytes);
}
