using System;

namespace NooksOS.Drivers.Virtio;

/// <summary>
/// The feature bits that devices of every kind may have and the drivers know, virtio 1.2 §6. What the bits below 24 and above 49
/// mean depends on the kind of device.
/// </summary>
[Flags]
public enum VirtioFeatures : ulong
{
    /// <summary>No feature.</summary>
    None = 0,

    /// <summary>VIRTIO_F_INDIRECT_DESC: a buffer may have its descriptors in a table of its own, §2.7.5.3.</summary>
    IndirectDescriptors = 1UL << 28,

    /// <summary>VIRTIO_F_EVENT_IDX: both sides say from which buffer on they want to be told, §2.7.7 and §2.7.10.</summary>
    EventIndex = 1UL << 29,

    /// <summary>VIRTIO_F_VERSION_1: the device is not of the time before the standard. No driver can do without.</summary>
    Version1 = 1UL << 32,

    /// <summary>VIRTIO_F_ACCESS_PLATFORM: addresses are those that the platform gives out for the device, as the kernel's are.</summary>
    AccessPlatform = 1UL << 33,

    /// <summary>What a driver of any kind accepts if it is offered.</summary>
    Usual = EventIndex | Version1 | AccessPlatform,
}
