using System.Runtime.InteropServices;

namespace NooksOS.Drivers.VirtioBlk;

/// <summary>The beginning of struct virtio_blk_req, which the device reads, virtio 1.2 §5.2.6.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RequestHeader
{
    /// <summary>type.</summary>
    public RequestType Type;

    /// <summary>Is zero.</summary>
    public uint Reserved;

    /// <summary>sector: the first one, in units of 512 bytes; zero if the request has none.</summary>
    public ulong Sector;
}
