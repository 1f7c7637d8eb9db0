using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Carries segments in IPv4 datagrams.</summary>
internal sealed class SegmentCarrier(Ipv4Layer internet, LinkLayer link, RoutingTable routing, OutgoingFrames outgoing)
    : ISegmentCarrier
{
    /// <inheritdoc/>
    public Ipv4Address Address => routing.Address;

    /// <inheritdoc/>
    public bool IsReady => link.IsAttached && routing.IsConfigured;

    /// <inheritdoc/>
    public int DatagramBytes => link.PayloadBytes;

    /// <inheritdoc/>
    public bool HasRoom => outgoing.HasRoom;

    /// <inheritdoc/>
    public bool TryReserve(in Ipv4Flow flow, int segmentBytes, long nowNanoseconds, out Span<byte> segment)
        => internet.TryReserve(flow, segmentBytes, nowNanoseconds, out segment);
}
