using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Between whom a UDP datagram goes.</summary>
internal readonly record struct UdpFlow(Ipv4Address Source, ushort SourcePort, Ipv4Address Destination, ushort DestinationPort);
