using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioBlk;

/// <summary>The feature bits of block devices that the driver knows, virtio 1.2 §5.2.3.</summary>
internal static class DiskFeatures
{
    /// <summary>VIRTIO_BLK_F_SIZE_MAX: segments have a largest size.</summary>
    public const VirtioFeatures MaximumSegmentBytes = (VirtioFeatures)(1UL << 1);

    /// <summary>VIRTIO_BLK_F_SEG_MAX: the device says how many segments a request may have.</summary>
    public const VirtioFeatures MaximumSegments = (VirtioFeatures)(1UL << 2);

    /// <summary>VIRTIO_BLK_F_RO: the device cannot be written.</summary>
    public const VirtioFeatures ReadOnly = (VirtioFeatures)(1UL << 5);

    /// <summary>VIRTIO_BLK_F_BLK_SIZE: the device says how long its sectors are.</summary>
    public const VirtioFeatures SectorBytes = (VirtioFeatures)(1UL << 6);

    /// <summary>VIRTIO_BLK_F_FLUSH: the device has a cache, and a command that empties it.</summary>
    public const VirtioFeatures Flush = (VirtioFeatures)(1UL << 9);

    /// <summary>VIRTIO_BLK_F_CONFIG_WCE: the device says whether its cache is in use.</summary>
    public const VirtioFeatures CacheMode = (VirtioFeatures)(1UL << 11);

    /// <summary>What is accepted if it is offered.</summary>
    public const VirtioFeatures Wanted = VirtioFeatures.Usual | VirtioFeatures.IndirectDescriptors
        | MaximumSegmentBytes | MaximumSegments | ReadOnly | SectorBytes | Flush | CacheMode;

    /// <summary>What is accepted of an offer.</summary>
    public static VirtioFeatures Choose(VirtioFeatures offered) => offered & Wanted;
}
