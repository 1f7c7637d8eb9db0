namespace NooksOS.Extensions.TcpIp;

/// <summary>States of the DHCP client (RFC 2131 §4.4, figure 5).</summary>
internal enum DhcpState
{
    /// <summary>Not started, or the link is down.</summary>
    Stopped,

    /// <summary>About to look for servers.</summary>
    Init,

    /// <summary>Waiting for offers.</summary>
    Selecting,

    /// <summary>Waiting for the chosen server to agree.</summary>
    Requesting,

    /// <summary>There is an address.</summary>
    Bound,

    /// <summary>Asking its server to let us keep it.</summary>
    Renewing,

    /// <summary>Asking any server to let us keep it.</summary>
    Rebinding,
}
