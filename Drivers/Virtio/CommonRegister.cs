namespace NooksOS.Drivers.Virtio;

/// <summary>Byte offsets in the common configuration structure, virtio 1.2 §4.1.4.3.</summary>
internal enum CommonRegister : uint
{
    /// <summary>device_feature_select, 32 bits: which half of the features the next register shows.</summary>
    DeviceFeatureSelect = 0x00,

    /// <summary>device_feature, 32 bits.</summary>
    DeviceFeature = 0x04,

    /// <summary>driver_feature_select, 32 bits.</summary>
    DriverFeatureSelect = 0x08,

    /// <summary>driver_feature, 32 bits.</summary>
    DriverFeature = 0x0C,

    /// <summary>num_queues, 16 bits.</summary>
    QueueCount = 0x12,

    /// <summary>device_status, 8 bits: a <see cref="VirtioStatus"/>.</summary>
    DeviceStatus = 0x14,

    /// <summary>config_generation, 8 bits: changes with the device's own configuration.</summary>
    ConfigurationGeneration = 0x15,

    /// <summary>queue_select, 16 bits: which queue the following registers are about.</summary>
    QueueSelect = 0x16,

    /// <summary>queue_size, 16 bits. After a reset the largest that the device supports; 0 if there is no such queue.</summary>
    QueueSize = 0x18,

    /// <summary>queue_enable, 16 bits.</summary>
    QueueEnable = 0x1C,

    /// <summary>queue_notify_off, 16 bits: where the queue's notifications go, in units of notify_off_multiplier.</summary>
    QueueNotifyOffset = 0x1E,

    /// <summary>queue_desc, 64 bits: the descriptor table.</summary>
    QueueDescriptors = 0x20,

    /// <summary>queue_driver, 64 bits: the available ring.</summary>
    QueueDriver = 0x28,

    /// <summary>queue_device, 64 bits: the used ring.</summary>
    QueueDevice = 0x30,
}
