using System;

namespace NooksOS.Contracts;

/// <summary>Which half of a connection is ended.</summary>
[Flags]
public enum ShutdownDirection : uint
{
    /// <summary>Nothing more will be read.</summary>
    Receive = 1,

    /// <summary>Nothing more will be sent: the peer reads the end once it has read everything.</summary>
    Send = 2,
}
