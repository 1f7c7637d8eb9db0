using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>An opened volume: a partition, or a whole disk that has none.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct VolumeDescription
{
    /// <summary>Names the volume in later calls.</summary>
    public Handle<TrackedObjects.Volume> Handle;

    /// <summary>How many sectors it has.</summary>
    public ulong SectorCount;

    /// <summary>The size of a sector: a power of two from 512 to 4096.</summary>
    public uint SectorBytes;

    /// <summary>One if it cannot be written, else zero.</summary>
    public uint IsReadOnly;
}
