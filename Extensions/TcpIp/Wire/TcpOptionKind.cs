namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>Kinds of TCP option (IANA, "Transmission Control Protocol (TCP) Parameters").</summary>
internal enum TcpOptionKind : byte
{
    /// <summary>Ends the options. One octet.</summary>
    End = 0,

    /// <summary>Fills. One octet.</summary>
    None = 1,

    /// <summary>Largest segment that the sender takes (RFC 9293 §3.7.1). In SYN only.</summary>
    MaximumSegment = 2,

    /// <summary>How far the sender's window is shifted (RFC 7323 §2.2). In SYN only.</summary>
    WindowScale = 3,

    /// <summary>The sender understands selective acknowledgments (RFC 2018 §2). In SYN only.</summary>
    SackPermitted = 4,

    /// <summary>Selective acknowledgments (RFC 2018 §3).</summary>
    Sack = 5,

    /// <summary>Timestamps (RFC 7323 §3.2).</summary>
    Timestamps = 8,
}
