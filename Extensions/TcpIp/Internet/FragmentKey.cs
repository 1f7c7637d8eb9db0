using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>What the fragments of one datagram have in common (RFC 791 §3.2).</summary>
internal readonly record struct FragmentKey(Ipv4Address Source, Ipv4Address Destination, IpProtocol Protocol, ushort Identification)
{
    public FragmentKey(in Ipv4Header header)
        : this(header.Source, header.Destination, header.Protocol, header.Identification)
    {
    }
}
