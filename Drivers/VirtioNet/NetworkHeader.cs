namespace NooksOS.Drivers.VirtioNet;

/// <summary>
/// struct virtio_net_hdr, virtio 1.2 §5.1.6: in front of each frame, in both directions. Without offloads all of it is zero when
/// a frame is sent, and without meaning when one is received.
/// </summary>
internal static class NetworkHeader
{
    /// <summary>Its length, with num_buffers, which every device has since version 1.</summary>
    public const int Bytes = 12;
}
