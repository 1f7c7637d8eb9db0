using System;

namespace NooksOS.Contracts;

/// <summary>What the kernel wants of a connection.</summary>
[Flags]
public enum ConnectionRequests : uint
{
    /// <summary>Nothing: the block is not in use.</summary>
    None = 0,

    /// <summary>The connection is to be opened from here.</summary>
    Connect = 1,

    /// <summary>The connection came in through a listener.</summary>
    Accepted = 2,

    /// <summary>Send a FIN after the last byte written; no more will be.</summary>
    EndSend = 4,

    /// <summary>
    /// Nobody will read what arrives from now on. Bytes that are not read yet, or arrive later, are answered with a reset once
    /// <see cref="EndSend"/> is wanted too (RFC 9293, 3.6.1; RFC 2525, 2.17).
    /// </summary>
    EndReceive = 8,

    /// <summary>Send a reset and forget the connection.</summary>
    Abort = 16,
}
