using System;

namespace NooksOS.Contracts;

/// <summary>What a socket is ready for.</summary>
[Flags]
public enum SocketEvents : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There are bytes or datagrams to read, or the end of the stream.</summary>
    Readable = 1,

    /// <summary>There is room to send; for a socket that connects: it is connected.</summary>
    Writable = 2,

    /// <summary>A connection waits to be accepted.</summary>
    Acceptable = 4,

    /// <summary>The peer has ended its half: what is there can still be read.</summary>
    PeerClosed = 8,

    /// <summary>The connection is broken; the next call tells how.</summary>
    Error = 16,
}
