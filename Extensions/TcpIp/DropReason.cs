namespace NooksOS.Extensions.TcpIp;

/// <summary>Why a frame or datagram went no further. The first ones are malformed packets; the order matters to the counters.</summary>
internal enum DropReason
{
    /// <summary>Ethernet header cut off, or the source is a group.</summary>
    EthernetMalformed,

    /// <summary>ARP for other address spaces, cut off, or with an impossible sender.</summary>
    ArpMalformed,

    /// <summary>IPv4 of another version, cut off, or with lengths or options that do not fit.</summary>
    Ipv4Malformed,

    /// <summary>An IPv4 source address that is not a host, or is our own.</summary>
    Ipv4BadSource,

    /// <summary>A datagram to one host in a frame to many (RFC 1122 §3.3.6).</summary>
    Ipv4BroadcastToHost,

    /// <summary>ICMP cut off, or an echo with a code.</summary>
    IcmpMalformed,

    /// <summary>UDP cut off, or longer than its datagram, or to port zero.</summary>
    UdpMalformed,

    /// <summary>TCP cut off, with a broken option, or from or to port zero.</summary>
    TcpMalformed,

    /// <summary>DHCP with a broken field or option.</summary>
    DhcpMalformed,

    /// <summary>DNS that is broken, or answers another question.</summary>
    DnsMalformed,

    /// <summary>The last of the malformed ones.</summary>
    LastMalformed = DnsMalformed,

    /// <summary>Wrong IPv4 header checksum.</summary>
    Ipv4Checksum,

    /// <summary>Wrong ICMP checksum.</summary>
    IcmpChecksum,

    /// <summary>Wrong UDP checksum.</summary>
    UdpChecksum,

    /// <summary>Wrong TCP checksum.</summary>
    TcpChecksum,

    /// <summary>The last of the wrong checksums.</summary>
    LastChecksum = TcpChecksum,

    /// <summary>A frame or datagram for somebody else, or of a kind nobody here takes.</summary>
    NotForUs,

    /// <summary>A fragment that fits no datagram, or a datagram whose fragments did not come in time.</summary>
    Fragment,

    /// <summary>A sender that wants to choose the route.</summary>
    SourceRouted,

    /// <summary>Echo of a broadcast, or between two echo services.</summary>
    EchoRefused,

    /// <summary>Nobody listens at the port.</summary>
    NoListener,

    /// <summary>A TCP segment that its connection does not accept: outside the window, too old, or of another connection.</summary>
    TcpUnacceptable,

    /// <summary>Data that came in TCP before what is missing, and there is no place to note it.</summary>
    TcpOutOfOrder,

    /// <summary>A TCP connection that was completed and that nobody takes.</summary>
    BacklogFull,

    /// <summary>Somebody else says that he has our address.</summary>
    AddressConflict,

    /// <summary>Nothing leads to the destination, or it did not answer ARP.</summary>
    Unreachable,

    /// <summary>A datagram larger than the kernel takes, or than IPv4 carries.</summary>
    DatagramTooLarge,

    /// <summary>Too many datagrams wait for an address to be found.</summary>
    PendingOverflow,

    /// <summary>Too many frames at once, or larger than the link carries.</summary>
    OutgoingOverflow,

    /// <summary>The kernel did not take the frame.</summary>
    NotTransmitted,

    /// <summary>How many reasons there are.</summary>
    Count,
}
