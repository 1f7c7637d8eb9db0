namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Where a connection hangs in the lists of the stack. The links are here, and not in tables by block, so that an instance that has just
/// come up pays for the connections that there are and not for those that there could be.
/// </summary>
internal abstract class ConnectionLinks
{
    /// <summary>The next one of those whose ends fall into the same chain of <see cref="ConnectionTable"/>.</summary>
    public Connection? NextInChain { get; set; }

    /// <summary>The next one that may have something to send.</summary>
    public Connection? NextToSend { get; set; }

    /// <summary>Whether it is among those.</summary>
    public bool IsQueued { get; set; }

    /// <summary>The next one that the kernel is to be told of.</summary>
    public Connection? NextToSignal { get; set; }

    /// <summary>Whether it is among those.</summary>
    public bool IsSignalled { get; set; }

    /// <summary>The next one in its slot of <see cref="TimerWheel"/>.</summary>
    public Connection? NextInSlot { get; set; }

    /// <summary>The one before it there.</summary>
    public Connection? PreviousInSlot { get; set; }

    /// <summary>Its slot, counted since boot; negative if it is in none.</summary>
    public long TimerSlot { get; set; } = -1;
}
