using System;

namespace NooksOS.Drivers;

/// <summary>What a device has to say when it asserts its line.</summary>
[Flags]
public enum NetworkEvents
{
    /// <summary>Nothing: somebody else asserted the line.</summary>
    None = 0,

    /// <summary>Frames may have been received.</summary>
    Receive = 1 << 0,

    /// <summary>A frame found no slot. Implies <see cref="Receive"/>.</summary>
    ReceiveOverrun = 1 << 1,

    /// <summary>Frames may have been sent.</summary>
    Transmit = 1 << 2,

    /// <summary>The link changed.</summary>
    Link = 1 << 3,

    /// <summary>The device has stopped and must be brought up anew.</summary>
    Failure = 1 << 4,
}
