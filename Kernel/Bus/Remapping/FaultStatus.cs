using System;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>Bits of FSTS_REG, Intel VT-d specification, chapter "Register Descriptions".</summary>
[Flags]
public enum FaultStatus : uint
{
    /// <summary>Nothing has happened.</summary>
    None = 0,

    /// <summary>PFO: there was no room to record an access that was blocked. Until the bit is cleared nothing is recorded.</summary>
    Overflow = 1 << 0,

    /// <summary>PPF: there is a record. Cleared with the last of them.</summary>
    Pending = 1 << 1,

    /// <summary>IQE: a descriptor of the invalidation queue cannot be. The unit takes no more of them.</summary>
    QueueError = 1 << 4,

    /// <summary>ICE: a device has answered an invalidation wrongly.</summary>
    CompletionError = 1 << 5,

    /// <summary>ITE: a device has not answered one.</summary>
    TimeOutError = 1 << 6,

    /// <summary>What writing ones clears, besides the records.</summary>
    Clearable = Overflow | QueueError | CompletionError | TimeOutError,
}
