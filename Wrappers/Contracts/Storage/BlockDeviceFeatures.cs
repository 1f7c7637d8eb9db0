using System;

namespace NooksOS.Contracts;

/// <summary>What a block device has and others have not.</summary>
[Flags]
public enum BlockDeviceFeatures : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It cannot be written.</summary>
    ReadOnly = 1 << 0,

    /// <summary>A completed write may be lost with the power until a flush has completed.</summary>
    VolatileCache = 1 << 1,
}
