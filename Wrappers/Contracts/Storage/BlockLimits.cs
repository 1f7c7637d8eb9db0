namespace NooksOS.Contracts;

/// <summary>Bounds of what crosses between the kernel and a block driver.</summary>
public static class BlockLimits
{
    /// <summary>The most requests that are submitted, or completed, in one call.</summary>
    public const int RequestsPerCall = 64;

    /// <summary>The most segments of one request.</summary>
    public const int SegmentsPerRequest = 32;

    /// <summary>The most segments that are passed in one call.</summary>
    public const int SegmentsPerCall = 1024;

    /// <summary>The longest segment: a page of the cache.</summary>
    public const int SegmentBytes = 4096;

    /// <summary>The most sectors that one request is long, in bytes.</summary>
    public const int RequestBytes = SegmentsPerRequest * SegmentBytes;

    /// <summary>The most bytes that a file system reads or writes in one call.</summary>
    public const int VolumeCallBytes = 64 * 1024;

    /// <summary>The most devices that one driver has.</summary>
    public const int Units = 32;

    /// <summary>The longest name of a model, in bytes.</summary>
    public const int ModelBytes = 40;

    /// <summary>The longest serial number, in bytes.</summary>
    public const int SerialBytes = 20;
}
