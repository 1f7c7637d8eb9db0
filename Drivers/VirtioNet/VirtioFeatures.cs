using System;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>The feature bits that the driver knows, virtio 1.2 §5.1.3 and §6.</summary>
[Flags]
internal enum VirtioFeatures : ulong
{
    /// <summary>No feature.</summary>
    None = 0,

    /// <summary>VIRTIO_NET_F_MAC: the device has an address of its own.</summary>
    Address = 1UL << 5,

    /// <summary>VIRTIO_NET_F_STATUS: the device knows of its link.</summary>
    LinkStatus = 1UL << 16,

    /// <summary>VIRTIO_NET_F_CTRL_VQ: there is a control queue.</summary>
    ControlQueue = 1UL << 17,

    /// <summary>VIRTIO_NET_F_CTRL_RX: by which one can say what is received. Needs the control queue.</summary>
    ControlReceive = 1UL << 18,

    /// <summary>VIRTIO_NET_F_MQ: there may be several pairs of queues. Needs the control queue.</summary>
    MultipleQueues = 1UL << 22,

    /// <summary>VIRTIO_F_EVENT_IDX: both sides say from which buffer on they want to be told, §2.7.7 and §2.7.10.</summary>
    EventIndex = 1UL << 29,

    /// <summary>VIRTIO_F_VERSION_1: the device is not of the time before the standard.</summary>
    Version1 = 1UL << 32,

    /// <summary>VIRTIO_F_ACCESS_PLATFORM: addresses are those that the platform gives out for the device, as the kernel's are.</summary>
    AccessPlatform = 1UL << 33,

    /// <summary>VIRTIO_NET_F_SPEED_DUPLEX: the device knows how fast its link is.</summary>
    SpeedAndDuplex = 1UL << 63,

    /// <summary>Without these the driver can do nothing.</summary>
    Required = Address | Version1,

    /// <summary>
    /// What is accepted if it is offered. Not MRG_RXBUF: each of the buffers holds any frame, so there is nothing to merge, and
    /// without it a frame that claims several buffers is none. No offload: without them the header in front of a frame is zero.
    /// </summary>
    Wanted = Required | LinkStatus | ControlQueue | ControlReceive | MultipleQueues | EventIndex | AccessPlatform
        | SpeedAndDuplex,
}
