namespace NooksOS.Drivers.VirtioBlk;

/// <summary>type of a request, virtio 1.2 §5.2.6.</summary>
internal enum RequestType : uint
{
    /// <summary>VIRTIO_BLK_T_IN.</summary>
    Read = 0,

    /// <summary>VIRTIO_BLK_T_OUT.</summary>
    Write = 1,

    /// <summary>VIRTIO_BLK_T_FLUSH.</summary>
    Flush = 4,

    /// <summary>VIRTIO_BLK_T_GET_ID: twenty characters.</summary>
    Identify = 8,
}
