using System;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>Bits of GCMD_REG and of GSTS_REG, Intel VT-d specification, chapter "Register Descriptions".</summary>
[Flags]
public enum GlobalCommand : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>IRE: interrupts are remapped.</summary>
    InterruptRemapping = 1u << 25,

    /// <summary>QIE: invalidations are queued.</summary>
    QueuedInvalidation = 1u << 26,

    /// <summary>SRTP: takes the root table over. The bit of the status says that it is done.</summary>
    SetRootTable = 1u << 30,

    /// <summary>TE: addresses of devices are translated.</summary>
    Translation = 1u << 31,
}
