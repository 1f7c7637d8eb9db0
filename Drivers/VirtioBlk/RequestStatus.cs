namespace NooksOS.Drivers.VirtioBlk;

/// <summary>The byte with which the device ends a request, virtio 1.2 §5.2.6.</summary>
internal enum RequestStatus : byte
{
    /// <summary>VIRTIO_BLK_S_OK.</summary>
    Done = 0,

    /// <summary>VIRTIO_BLK_S_IOERR: the device or the driver has made an error.</summary>
    Error = 1,

    /// <summary>VIRTIO_BLK_S_UNSUPP: the device does not know such a request.</summary>
    Unsupported = 2,

    /// <summary>What stands there until the device has written something.</summary>
    None = byte.MaxValue,
}
