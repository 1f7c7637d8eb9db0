using System;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>What a device may do with a page.</summary>
[Flags]
public enum DeviceAccess : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It may read it.</summary>
    Read = 1,

    /// <summary>It may write it.</summary>
    Write = 2,
}
