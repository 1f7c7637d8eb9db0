using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>What the DHCP client acts upon.</summary>
internal interface IDhcpHost
{
    /// <summary>The station for which an address is wanted.</summary>
    MacAddress Station { get; }

    /// <summary>Sends a message from our port to the servers' port. The source is none while there is no address.</summary>
    void SendDhcp(in DhcpMessage message, Ipv4Address source, Ipv4Address destination, long nowNanoseconds);

    /// <summary>There is a lease, a new one or the same for longer.</summary>
    void UseLease(in DhcpLease lease);

    /// <summary>The lease must not be used any more.</summary>
    void DropLease();
}
