using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Between whom a datagram goes, and what it carries.</summary>
internal readonly record struct Ipv4Flow(Ipv4Address Source, Ipv4Address Destination, IpProtocol Protocol);
