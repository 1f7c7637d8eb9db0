using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>What has changed in a connection since it was looked at last.</summary>
[Flags]
internal enum ConnectionNews
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It can be used now.</summary>
    Established = 1,

    /// <summary>Bytes have arrived.</summary>
    Arrived = 2,

    /// <summary>The peer has acknowledged bytes: there is more room.</summary>
    Acknowledged = 4,

    /// <summary>The peer has ended its half.</summary>
    PeerEnded = 8,

    /// <summary>The stack is done with it.</summary>
    Over = 16,

    /// <summary>What the stack says cannot be.</summary>
    Violated = 32,
}
