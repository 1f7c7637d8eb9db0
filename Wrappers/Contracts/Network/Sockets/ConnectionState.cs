namespace NooksOS.Contracts;

/// <summary>The state of a connection as the stack commits it (RFC 9293, 3.3.2).</summary>
public enum ConnectionState : uint
{
    /// <summary>The stack has not committed anything.</summary>
    None = 0,

    /// <summary>A SYN was sent.</summary>
    SynSent,

    /// <summary>SYNs have crossed.</summary>
    SynReceived,

    /// <summary>Both halves are open.</summary>
    Established,

    /// <summary>Our FIN is sent and not acknowledged.</summary>
    FinWait1,

    /// <summary>Our FIN is acknowledged; the peer still sends.</summary>
    FinWait2,

    /// <summary>The peer has sent its FIN; we still send.</summary>
    CloseWait,

    /// <summary>FINs have crossed.</summary>
    Closing,

    /// <summary>The peer has ended, and so have we: our FIN is not acknowledged.</summary>
    LastAck,

    /// <summary>
    /// Over, in good order or by <see cref="ConnectionTransportHalf.Error"/>. The stack does not touch the block again, and
    /// keeps what TIME-WAIT needs in its own memory. Always the last commit.
    /// </summary>
    Closed,
}
