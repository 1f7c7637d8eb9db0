namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>
/// What an Ethernet frame carries (IANA, "IEEE 802 numbers"). Numbers below 0x0600 are lengths of IEEE 802.3 frames
/// (RFC 1122 §2.3.3), which nobody here takes.
/// </summary>
internal enum EtherType : ushort
{
    /// <summary>RFC 894.</summary>
    Ipv4 = 0x0800,

    /// <summary>RFC 826.</summary>
    Arp = 0x0806,
}
