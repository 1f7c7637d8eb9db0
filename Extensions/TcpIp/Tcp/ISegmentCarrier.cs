using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>What TCP asks of the layer below.</summary>
internal interface ISegmentCarrier
{
    /// <summary>Our address; none while there is none.</summary>
    Ipv4Address Address { get; }

    /// <summary>Whether there are a device and an address: without them nothing that is sent could arrive.</summary>
    bool IsReady { get; }

    /// <summary>The largest datagram of this link, its header included.</summary>
    int DatagramBytes { get; }

    /// <summary>Whether a frame of any size can be made now. Once all has been sent there is room again.</summary>
    bool HasRoom { get; }

    /// <summary>Makes room for a segment, which the caller fills. False if there is no way to the destination, or no room.</summary>
    bool TryReserve(in Ipv4Flow flow, int segmentBytes, long nowNanoseconds, out Span<byte> segment);
}
