using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>
/// A piece of the memory of a request, as the device sees it. It belongs to the kernel: the driver tells the device of it and
/// cannot touch it itself.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct BlockSegment
{
    /// <summary>Where the device finds it. A multiple of four.</summary>
    public ulong DeviceAddress;

    /// <summary>Its length: a multiple of the sector size, at most <see cref="BlockLimits.SegmentBytes"/>.</summary>
    public uint LengthBytes;

    /// <summary>Is zero.</summary>
    public uint Reserved;
}
