using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>The feature bits of network devices that the driver knows, virtio 1.2 §5.1.3.</summary>
internal static class NetworkFeatures
{
    /// <summary>VIRTIO_NET_F_MAC: the device has an address of its own.</summary>
    public const VirtioFeatures Address = (VirtioFeatures)(1UL << 5);

    /// <summary>VIRTIO_NET_F_STATUS: the device knows of its link.</summary>
    public const VirtioFeatures LinkStatus = (VirtioFeatures)(1UL << 16);

    /// <summary>VIRTIO_NET_F_CTRL_VQ: there is a control queue.</summary>
    public const VirtioFeatures ControlQueue = (VirtioFeatures)(1UL << 17);

    /// <summary>VIRTIO_NET_F_CTRL_RX: by which one can say what is received. Needs the control queue.</summary>
    public const VirtioFeatures ControlReceive = (VirtioFeatures)(1UL << 18);

    /// <summary>VIRTIO_NET_F_MQ: there may be several pairs of queues. Needs the control queue.</summary>
    public const VirtioFeatures MultipleQueues = (VirtioFeatures)(1UL << 22);

    /// <summary>VIRTIO_NET_F_SPEED_DUPLEX: the device knows how fast its link is.</summary>
    public const VirtioFeatures SpeedAndDuplex = (VirtioFeatures)(1UL << 63);

    /// <summary>Without these the driver can do nothing.</summary>
    public const VirtioFeatures Required = Address | VirtioFeatures.Version1;

    /// <summary>
    /// What is accepted if it is offered. Not MRG_RXBUF: each of the buffers holds any frame, so there is nothing to merge, and
    /// without it a frame that claims several buffers is none. No offload: without them the header in front of a frame is zero.
    /// </summary>
    public const VirtioFeatures Wanted =
        Required | VirtioFeatures.Usual | LinkStatus | ControlQueue | ControlReceive | MultipleQueues | SpeedAndDuplex;

    /// <summary>What is accepted of an offer; nothing if it lacks what the driver needs.</summary>
    public static VirtioFeatures Choose(VirtioFeatures offered)
    {
        if ((offered & Required) != Required)
        {
            return VirtioFeatures.None;
        }

        // Bits that need the control queue must not be accepted without it (§5.1.3.1).
        VirtioFeatures wanted = (offered & ControlQueue) != 0 ? Wanted : Wanted & ~(ControlReceive | MultipleQueues);
        return offered & wanted;
    }
}
