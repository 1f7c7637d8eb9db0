namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>Codes of DHCP options (RFC 2132; the section is given with each).</summary>
internal enum DhcpOption : byte
{
    /// <summary>§3.1. Has no length.</summary>
    Pad = 0,

    /// <summary>§3.3.</summary>
    SubnetMask = 1,

    /// <summary>§3.5.</summary>
    Router = 3,

    /// <summary>§3.8.</summary>
    DomainNameServer = 6,

    /// <summary>§9.1.</summary>
    RequestedAddress = 50,

    /// <summary>§9.2.</summary>
    LeaseTime = 51,

    /// <summary>§9.3: which of the fields <c>file</c> (1) and <c>sname</c> (2) hold options as well.</summary>
    Overload = 52,

    /// <summary>§9.6.</summary>
    MessageType = 53,

    /// <summary>§9.7.</summary>
    ServerIdentifier = 54,

    /// <summary>§9.8.</summary>
    ParameterRequestList = 55,

    /// <summary>§9.10.</summary>
    MaximumMessageSize = 57,

    /// <summary>§9.11, T1.</summary>
    RenewalTime = 58,

    /// <summary>§9.12, T2.</summary>
    RebindingTime = 59,

    /// <summary>§9.14.</summary>
    ClientIdentifier = 61,

    /// <summary>§3.2. Has no length.</summary>
    End = 255,
}
