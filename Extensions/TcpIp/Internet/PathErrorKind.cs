namespace NooksOS.Extensions.TcpIp;

/// <summary>What became of a datagram (RFC 1122 §4.2.3.9).</summary>
internal enum PathErrorKind
{
    /// <summary>It did not get through, and another one may: a router is out of order, or a host.</summary>
    Soft,

    /// <summary>None will: the host does not speak the protocol, or nobody listens at the port.</summary>
    Hard,

    /// <summary>It was too large.</summary>
    TooLarge,
}
