using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>One request to a block device. Requests that are under way together are carried out in any order.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct BlockRequest
{
    /// <summary>Names the request when it is completed. No two that are under way have the same.</summary>
    public uint Id;

    /// <summary>The device, as its driver has numbered it.</summary>
    public uint Unit;

    /// <summary>What is wanted.</summary>
    public BlockOperation Operation;

    /// <summary>How many sectors; zero for a flush.</summary>
    public uint SectorCount;

    /// <summary>The first sector.</summary>
    public ulong FirstSector;

    /// <summary>The first of its segments among those that were passed along.</summary>
    public uint FirstSegment;

    /// <summary>How many segments it has. Together they are as long as its sectors.</summary>
    public uint SegmentCount;
}
