using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>What the two SYNs of a connection agreed on.</summary>
/// <param name="SegmentBytes">MSS: the largest segment, options not counted off, that the peer takes.</param>
/// <param name="HasScale">Whether windows are shifted at all (RFC 7323 §2): only if both sides say so.</param>
/// <param name="SendScale">How far the peer's window is.</param>
/// <param name="HasTimestamps">Whether each segment carries timestamps (RFC 7323 §3).</param>
/// <param name="HasSack">Whether both understand selective acknowledgments (RFC 2018).</param>
internal readonly record struct HandshakeOptions(
    ushort SegmentBytes, bool HasScale, byte SendScale, bool HasTimestamps, bool HasSack)
{
    /// <summary>What our own SYN offers: everything.</summary>
    public static HandshakeOptions Offer => new(TcpParameters.DefaultSegmentBytes, true, 0, true, true);

    /// <summary>What there is before anything was agreed on.</summary>
    public static HandshakeOptions Nothing => new(TcpParameters.DefaultSegmentBytes, false, 0, false, false);

    /// <summary>What a SYN offers, to one who offers everything.</summary>
    public static HandshakeOptions From(in TcpOptions options) => new(
        options.MaximumSegment == 0
            ? (ushort)TcpParameters.DefaultSegmentBytes
            : Math.Max(options.MaximumSegment, (ushort)TcpParameters.MinimumSegmentBytes),
        options.HasWindowScale,
        options.WindowScale,
        options.HasTimestamps,
        options.SackPermitted);
}
