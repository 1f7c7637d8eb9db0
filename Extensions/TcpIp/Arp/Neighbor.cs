using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>An entry of the <see cref="ArpCache"/>. Times are in nanoseconds since boot.</summary>
internal struct Neighbor
{
    public Ipv4Address Address;

    public MacAddress Hardware;

    public NeighborState State;

    /// <summary>How often it was asked in this state.</summary>
    public byte Attempts;

    /// <summary>Whether we have sent to it, as opposed to only having been asked by it.</summary>
    public bool IsUsed;

    /// <summary>Until when it is trusted without being asked again.</summary>
    public long ValidUntil;

    /// <summary>Until when nobody can change it: the first answer to a question wins.</summary>
    public long LockedUntil;

    /// <summary>When it is asked again, or may be.</summary>
    public long NextAttempt;

    /// <summary>When it was of use last.</summary>
    public long LastUsed;

    public readonly bool HasHardware => State is NeighborState.Reachable or NeighborState.Probing;
}
