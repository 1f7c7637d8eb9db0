using System;

namespace NooksOS.Contracts;

/// <summary>Options of a connection, as its user has set them.</summary>
[Flags]
public enum ConnectionOptions : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Nagle's algorithm is off.</summary>
    NoDelay = 1,

    /// <summary>An idle connection is probed.</summary>
    KeepAlive = 2,
}
