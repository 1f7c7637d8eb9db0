namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>What an IPv4 datagram carries (IANA, "Assigned Internet protocol numbers").</summary>
internal enum IpProtocol : byte
{
    /// <summary>RFC 792.</summary>
    Icmp = 1,

    /// <summary>RFC 9293.</summary>
    Tcp = 6,

    /// <summary>RFC 768.</summary>
    Udp = 17,
}
