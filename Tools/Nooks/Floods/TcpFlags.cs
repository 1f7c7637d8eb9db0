using System;

namespace NooksOS.Tool.Floods;

/// <summary>The control bits of a TCP segment (RFC 9293, 3.1).</summary>
[Flags]
public enum TcpFlags : byte
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>No more data follows.</summary>
    Finish = 0x01,

    /// <summary>Opens a connection.</summary>
    Synchronize = 0x02,

    /// <summary>Ends a connection at once.</summary>
    Reset = 0x04,

    /// <summary>Data to be given to the receiver at once.</summary>
    Push = 0x08,

    /// <summary>The acknowledgment number counts.</summary>
    Acknowledge = 0x10,

    /// <summary>The urgent pointer counts.</summary>
    Urgent = 0x20,
}
