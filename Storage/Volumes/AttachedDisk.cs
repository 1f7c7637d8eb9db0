using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Storage;

/// <summary>A disk that is there, with its cache and its volumes.</summary>
public sealed class AttachedDisk
{
    internal AttachedDisk(uint number, BlockDisk disk, DiskCache cache)
    {
        Number = number;
        Disk = disk;
        Cache = cache;
        BlockDeviceDescription description = disk.Identity.Description;
        bool isReadOnly = (description.Features & BlockDeviceFeatures.ReadOnly) != 0;
        Whole = new Volume(
            this,
            number * DiskRegistry.VolumesPerDisk,
            Name,
            0,
            new BlockVolume(cache, 0, description.SectorCount, isReadOnly),
            kind: null);
        Volumes = [Whole];
    }

    /// <summary>Its number, by the order in which disks were found.</summary>
    public uint Number { get; }

    /// <summary>What people call it.</summary>
    public string Name => $"disk{Number}";

    /// <summary>The disk.</summary>
    public BlockDisk Disk { get; }

    /// <summary>Its cache.</summary>
    public DiskCache Cache { get; }

    /// <summary>The whole disk as a volume.</summary>
    public Volume Whole { get; }

    /// <summary>The whole disk, then its partitions.</summary>
    public IReadOnlyList<Volume> Volumes { get; internal set; }

    /// <summary>Whether it is known how the disk is divided, or why that cannot be known.</summary>
    public bool IsScanned { get; internal set; }
}
