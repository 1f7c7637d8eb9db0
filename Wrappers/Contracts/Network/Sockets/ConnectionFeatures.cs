using System;

namespace NooksOS.Contracts;

/// <summary>What the SYNs of a connection agreed on.</summary>
[Flags]
public enum ConnectionFeatures : uint
{
    /// <summary>Nothing beyond RFC 9293.</summary>
    None = 0,

    /// <summary>Scaled windows (RFC 7323).</summary>
    WindowScale = 1,

    /// <summary>Timestamps (RFC 7323).</summary>
    Timestamps = 2,

    /// <summary>Selective acknowledgement (RFC 2018).</summary>
    SelectiveAcknowledgement = 4,
}
