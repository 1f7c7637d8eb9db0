namespace NooksOS.Contracts;

/// <summary>What can be set on a socket. Each takes zero for off and anything else for on.</summary>
public enum SocketOption : uint
{
    /// <summary>Small segments leave at once (Nagle's algorithm is off).</summary>
    NoDelay = 1,

    /// <summary>An idle connection is probed, so that a peer that has vanished is noticed.</summary>
    KeepAlive = 2,

    /// <summary>
    /// Should its owner die before it has sent anything, the connection and all that has arrived on it go to the next instance, which
    /// answers in its place. For requests whose beginning has no effect. Set on a listener it is that of the connections it accepts.
    /// </summary>
    Repeatable = 3,
}
