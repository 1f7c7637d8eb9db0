namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>The direction of a DHCP message (op, RFC 2131 §2).</summary>
internal enum DhcpOperation : byte
{
    /// <summary>From a client.</summary>
    Request = 1,

    /// <summary>From a server.</summary>
    Reply = 2,
}
