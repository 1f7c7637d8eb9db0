using System;

namespace NooksOS.Drivers.Virtio;

/// <summary>device_status, §2.1.</summary>
[Flags]
public enum VirtioStatus : byte
{
    /// <summary>Writing this resets the device.</summary>
    None = 0,

    /// <summary>ACKNOWLEDGE: the device was noticed.</summary>
    Acknowledge = 1,

    /// <summary>DRIVER: there is a driver for it.</summary>
    Driver = 2,

    /// <summary>DRIVER_OK: the driver is ready, and the device may work.</summary>
    DriverOk = 4,

    /// <summary>FEATURES_OK: the features are agreed on. The device leaves it clear if it refuses the driver's choice.</summary>
    FeaturesOk = 8,

    /// <summary>DEVICE_NEEDS_RESET: the device has given up.</summary>
    DeviceNeedsReset = 64,

    /// <summary>FAILED: the driver has given up.</summary>
    Failed = 128,
}
