namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>DHCP message types (RFC 2132 §9.6).</summary>
internal enum DhcpMessageType : byte
{
    /// <summary>No type: a BOOTP message.</summary>
    None = 0,

    /// <summary>Which servers are there?</summary>
    Discover = 1,

    /// <summary>A server offers an address.</summary>
    Offer = 2,

    /// <summary>The client wants the address, or to keep it.</summary>
    Request = 3,

    /// <summary>The client found that somebody else uses the address.</summary>
    Decline = 4,

    /// <summary>The address is the client's.</summary>
    Acknowledge = 5,

    /// <summary>The client may not have that address.</summary>
    Refuse = 6,

    /// <summary>The client gives the address back.</summary>
    Release = 7,

    /// <summary>The client has an address and asks for the rest only.</summary>
    Inform = 8,
}
