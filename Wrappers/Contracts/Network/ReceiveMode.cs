using System;

namespace NooksOS.Contracts;

/// <summary>Which frames a network device accepts beyond its own address and broadcast.</summary>
[Flags]
public enum ReceiveMode : uint
{
    /// <summary>Only its own address, broadcast and the multicast list.</summary>
    Normal = 0,

    /// <summary>Every multicast frame.</summary>
    AllMulticast = 1,

    /// <summary>Every frame.</summary>
    Promiscuous = 2,
}
