namespace NooksOS.Drivers.VirtioNet;

/// <summary>Class and command of a request to the control queue, virtio 1.2 §5.1.6.5: the class in the low byte.</summary>
internal enum ControlCommand : ushort
{
    /// <summary>VIRTIO_NET_CTRL_RX_PROMISC: one byte, whether every frame is wanted.</summary>
    Promiscuous = 0x0000,

    /// <summary>VIRTIO_NET_CTRL_RX_ALLMULTI: one byte, whether every multicast frame is wanted.</summary>
    AllMulticast = 0x0100,

    /// <summary>VIRTIO_NET_CTRL_MAC_TABLE_SET: a list of stations and one of groups, each behind its 32-bit length.</summary>
    SetAddressTable = 0x0001,
}
