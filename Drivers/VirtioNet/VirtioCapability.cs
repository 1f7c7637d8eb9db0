namespace NooksOS.Drivers.VirtioNet;

/// <summary>Where a structure of the device is, as a capability says (virtio 1.2 §4.1.4). Not checked against anything.</summary>
/// <param name="Kind">Which structure.</param>
/// <param name="Bar">In which BAR.</param>
/// <param name="OffsetBytes">Where in it.</param>
/// <param name="LengthBytes">Its length.</param>
/// <param name="NotifyMultiplier">notify_off_multiplier (§4.1.4.4), for that structure only.</param>
internal readonly record struct VirtioCapability(
    VirtioStructure Kind, uint Bar, uint OffsetBytes, uint LengthBytes, uint NotifyMultiplier);

/// <summary>cfg_type, §4.1.4.</summary>
internal enum VirtioStructure : byte
{
    /// <summary>VIRTIO_PCI_CAP_COMMON_CFG: status, features and queues. See <see cref="CommonRegister"/>.</summary>
    Common = 1,

    /// <summary>VIRTIO_PCI_CAP_NOTIFY_CFG: where the device is told of new buffers.</summary>
    Notification = 2,

    /// <summary>VIRTIO_PCI_CAP_ISR_CFG: the interrupt status.</summary>
    InterruptStatus = 3,

    /// <summary>VIRTIO_PCI_CAP_DEVICE_CFG: what is particular to the kind of device. See <see cref="NetworkConfiguration"/>.</summary>
    Device = 4,
}
