using System;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>struct virtq_desc, virtio 1.2 §2.7.5. Only the driver writes it.</summary>
internal struct QueueDescriptor
{
    /// <summary>Where the buffer is.</summary>
    public ulong Address;

    /// <summary>How long it is.</summary>
    public uint Length;

    /// <summary>What the device may do with it.</summary>
    public DescriptorFlags Flags;

    /// <summary>The descriptor that the buffer goes on with, if <see cref="DescriptorFlags.Next"/> is set.</summary>
    public ushort Next;
}

/// <summary>flags, §2.7.5.</summary>
[Flags]
internal enum DescriptorFlags : ushort
{
    /// <summary>The device reads it, and it is the last one.</summary>
    None = 0,

    /// <summary>VIRTQ_DESC_F_NEXT: there is another one.</summary>
    Next = 1,

    /// <summary>VIRTQ_DESC_F_WRITE: the device writes it.</summary>
    Write = 2,
}

/// <summary>struct virtq_used_elem, §2.7.8. Only the device writes it.</summary>
internal struct UsedElement
{
    /// <summary>The first descriptor of the buffer that the device is done with.</summary>
    public uint Id;

    /// <summary>How many bytes it has written to it.</summary>
    public uint Length;
}
