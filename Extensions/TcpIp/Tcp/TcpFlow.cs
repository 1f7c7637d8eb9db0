using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Between whom a connection is: what names it (RFC 9293 §3.3.1).</summary>
internal readonly record struct TcpFlow(Ipv4Address Local, ushort LocalPort, Ipv4Address Remote, ushort RemotePort);
