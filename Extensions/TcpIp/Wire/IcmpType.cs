namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>Kinds of ICMP message (RFC 792).</summary>
internal enum IcmpType : byte
{
    /// <summary>Answer to an echo request.</summary>
    EchoReply = 0,

    /// <summary>A datagram could not be delivered.</summary>
    DestinationUnreachable = 3,

    /// <summary>Please send the same data back.</summary>
    Echo = 8,
}
