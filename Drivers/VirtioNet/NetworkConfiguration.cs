namespace NooksOS.Drivers.VirtioNet;

/// <summary>Byte offsets in the configuration of a network device, virtio 1.2 §5.1.4.</summary>
internal enum NetworkConfiguration : uint
{
    /// <summary>mac: six bytes.</summary>
    Address = 0,

    /// <summary>status, 16 bits: bit 0 says that the link is up.</summary>
    Status = 6,

    /// <summary>max_virtqueue_pairs, 16 bits.</summary>
    MaximumQueuePairs = 8,

    /// <summary>speed, 32 bits, in units of 1 Mbit/s; all ones if unknown.</summary>
    Speed = 12,

    /// <summary>duplex, 8 bits: 0 half, 1 full, anything else unknown.</summary>
    Duplex = 16,
}
