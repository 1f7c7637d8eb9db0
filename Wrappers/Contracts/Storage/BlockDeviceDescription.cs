using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>A block device as its driver tells the kernel of it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct BlockDeviceDescription
{
    /// <summary>The number by which the driver knows it: less than <see cref="BlockLimits.Units"/>, and the same in every instance.</summary>
    public uint Unit;

    /// <summary>The size of a sector: a power of two from 512 to 4096.</summary>
    public uint SectorBytes;

    /// <summary>How many sectors it has.</summary>
    public ulong SectorCount;

    /// <summary>How many requests it takes at once, at least 1.</summary>
    public uint QueueDepth;

    /// <summary>How many segments a request may have, at least 1.</summary>
    public uint MaximumSegments;

    /// <summary>What else it has.</summary>
    public BlockDeviceFeatures Features;

    /// <summary>Is zero.</summary>
    public uint Reserved;
}
