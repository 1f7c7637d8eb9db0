using System;

namespace NooksOS.Drivers.Virtio;

/// <summary>The interrupt status, §4.1.4.5. Reading it clears it and deasserts the line.</summary>
[Flags]
public enum VirtioInterrupt : byte
{
    /// <summary>No interrupt.</summary>
    None = 0,

    /// <summary>A queue has used buffers.</summary>
    Queue = 1,

    /// <summary>The device's configuration has changed.</summary>
    Configuration = 2,
}
