namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>What an Ethernet frame carries (IANA, "IEEE 802 numbers").</summary>
internal enum EtherType : ushort
{
    /// <summary>RFC 894.</summary>
    Ipv4 = 0x0800,

    /// <summary>RFC 826.</summary>
    Arp = 0x0806,
}
