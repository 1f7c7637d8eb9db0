using System;

namespace NooksOS.Drivers.Virtio;

/// <summary>flags, §2.7.5.</summary>
[Flags]
public enum DescriptorFlags : ushort
{
    /// <summary>The device reads it, and it is the last one.</summary>
    None = 0,

    /// <summary>VIRTQ_DESC_F_NEXT: there is another one.</summary>
    Next = 1,

    /// <summary>VIRTQ_DESC_F_WRITE: the device writes it.</summary>
    Write = 2,

    /// <summary>VIRTQ_DESC_F_INDIRECT: it holds a table of the descriptors that the buffer has, §2.7.5.3.</summary>
    Indirect = 4,
}
