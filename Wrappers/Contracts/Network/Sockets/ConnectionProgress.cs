using System;

namespace NooksOS.Contracts;

/// <summary>What has happened to the FINs of a connection.</summary>
[Flags]
public enum ConnectionProgress : uint
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>Our FIN was sent at least once.</summary>
    FinSent = 1,

    /// <summary>Our FIN was acknowledged.</summary>
    FinAcknowledged = 2,

    /// <summary>The peer's FIN has arrived, in order: <see cref="ConnectionTransportHalf.ReceiveWritten"/> is final.</summary>
    FinReceived = 4,
}
