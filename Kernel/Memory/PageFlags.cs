using System;

namespace NooksOS.Kernel.Memory;

/// <summary>What may be done with a page, and how it is cached. Reading is always allowed.</summary>
[Flags]
public enum PageFlags
{
    /// <summary>Read only.</summary>
    None = 0,

    /// <summary>May be written; never together with <see cref="Executable"/>.</summary>
    Writable = 1 << 0,

    /// <summary>May be executed.</summary>
    Executable = 1 << 1,

    /// <summary>Accessible from ring 3 where the view's top-level entry allows it.</summary>
    User = 1 << 2,

    /// <summary>Device registers: no caching, no reordering.</summary>
    Uncached = 1 << 3,

    /// <summary>Frame buffers: writes are gathered.</summary>
    WriteCombining = 1 << 4,

    /// <summary>Stays in the TLB over a change of view. Only right for a page whose rights are the same in every view.</summary>
    Global = 1 << 5,

    /// <summary>The frame is a device's or somebody else's: unmapping or freeing the slot does not free it.</summary>
    NotOwned = 1 << 6,
}
