namespace NooksOS.Drivers.Virtio;

/// <summary>cfg_type, §4.1.4.</summary>
internal enum VirtioStructure : byte
{
    /// <summary>VIRTIO_PCI_CAP_COMMON_CFG: status, features and queues. See <see cref="CommonRegister"/>.</summary>
    Common = 1,

    /// <summary>VIRTIO_PCI_CAP_NOTIFY_CFG: where the device is told of new buffers.</summary>
    Notification = 2,

    /// <summary>VIRTIO_PCI_CAP_ISR_CFG: the interrupt status.</summary>
    InterruptStatus = 3,

    /// <summary>VIRTIO_PCI_CAP_DEVICE_CFG: what is particular to the kind of device. </summary>
    Device = 4,
}
