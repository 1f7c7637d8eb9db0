namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>What came of reading an IPv4 header.</summary>
internal enum Ipv4ParseResult
{
    /// <summary>It can be used.</summary>
    Ok,

    /// <summary>There are fewer octets than the header has, or than the datagram says it has.</summary>
    Truncated,

    /// <summary>It is of another version.</summary>
    BadVersion,

    /// <summary>The header length is smaller than a header, or larger than the datagram.</summary>
    BadHeaderLength,

    /// <summary>The header checksum is wrong.</summary>
    BadChecksum,

    /// <summary>An option does not fit the header.</summary>
    BadOptions,

    /// <summary>The sender wants to choose the route, which a host here never allows (RFC 7126 §4.3, §4.4).</summary>
    SourceRouted,
}
