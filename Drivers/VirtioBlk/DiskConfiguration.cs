namespace NooksOS.Drivers.VirtioBlk;

/// <summary>Byte offsets in the configuration of a block device, virtio 1.2 §5.2.4.</summary>
internal enum DiskConfiguration : uint
{
    /// <summary>capacity, 64 bits: the size, in units of 512 bytes whatever the sectors are.</summary>
    Capacity = 0,

    /// <summary>size_max, 32 bits: the longest segment.</summary>
    MaximumSegmentBytes = 8,

    /// <summary>seg_max, 32 bits: the most segments of a request.</summary>
    MaximumSegments = 12,

    /// <summary>blk_size, 32 bits: the size of a sector.</summary>
    SectorBytes = 20,

    /// <summary>writeback, 8 bits: 0 if a write that was completed is on the medium, 1 if it may be in a cache.</summary>
    WriteBack = 32,
}
