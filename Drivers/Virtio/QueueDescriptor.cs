namespace NooksOS.Drivers.Virtio;

/// <summary>struct virtq_desc, virtio 1.2 §2.7.5. Only the driver writes it.</summary>
public struct QueueDescriptor
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
