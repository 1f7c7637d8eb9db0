using System;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>Control bits of a TCP segment (RFC 9293 §3.1).</summary>
[Flags]
internal enum TcpFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>FIN: the sender has no more data.</summary>
    Finish = 1,

    /// <summary>SYN: the sequence number is the initial one.</summary>
    Synchronize = 2,

    /// <summary>RST: the connection is no more.</summary>
    Reset = 4,

    /// <summary>PSH: the data should reach the application soon.</summary>
    Push = 8,

    /// <summary>ACK: the acknowledgment number means something.</summary>
    Acknowledge = 16,

    /// <summary>URG: the urgent pointer means something. Not to us: RFC 6093 tells applications not to use it.</summary>
    Urgent = 32,
}
