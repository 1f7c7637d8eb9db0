using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Our address, and where datagrams go first: to their destination if it is on this link, else to the gateway.</summary>
internal sealed class RoutingTable
{
    private const uint PointToPointMask = 0xFFFF_FFFE;

    /// <summary>Our own address; none until there is one.</summary>
    public Ipv4Address Address { get; private set; }

    /// <summary>Mask of this link's network.</summary>
    public uint SubnetMask { get; private set; }

    /// <summary>The router to everywhere else; none if there is none.</summary>
    public Ipv4Address Gateway { get; private set; }

    /// <summary>Whether there is an address.</summary>
    public bool IsConfigured => !Address.IsNone;

    /// <summary>Whether the mask is ones followed by zeros, with at least one of each octet's use left to a network.</summary>
    public static bool IsPossibleMask(uint mask) => mask != 0 && (~mask & (~mask + 1)) == 0;

    /// <summary>
    /// Takes an address. False, and nothing changed, if it cannot be a host's on a network with that mask. A gateway that is not
    /// on the link is left out.
    /// </summary>
    public bool TryConfigure(Ipv4Address address, uint subnetMask, Ipv4Address gateway)
    {
        if (!IsPossibleMask(subnetMask) || !IsHostOf(address, address, subnetMask))
        {
            return false;
        }

        Address = address;
        SubnetMask = subnetMask;
        Gateway = gateway != address && IsHostOf(gateway, address, subnetMask) ? gateway : Ipv4Address.None;
        return true;
    }

    /// <summary>Forgets the address.</summary>
    public void Clear()
    {
        Address = Ipv4Address.None;
        SubnetMask = 0;
        Gateway = Ipv4Address.None;
    }

    /// <summary>Whether the address can be that of another host on this link.</summary>
    public bool IsNeighbor(Ipv4Address address)
        => IsConfigured && address != Address && IsHostOf(address, Address, SubnetMask);

    /// <summary>Whether the address means all hosts of this link (RFC 1122 §3.2.1.3 c and d; RFC 3021 for two hosts).</summary>
    public bool IsBroadcast(Ipv4Address address)
        => address == Ipv4Address.LimitedBroadcast
            || (IsConfigured && SubnetMask < PointToPointMask && address.Value == (Address.Value | ~SubnetMask));

    /// <summary>The neighbour that a datagram is given to. False if nothing leads there.</summary>
    public bool TryGetNextHop(Ipv4Address destination, out Ipv4Address nextHop)
    {
        nextHop = Ipv4Address.None;
        if (!IsConfigured || !destination.IsHost || destination == Address)
        {
            return false;
        }

        if (IsNeighbor(destination))
        {
            nextHop = destination;
            return true;
        }

        nextHop = Gateway;
        bool isOnLink = ((destination.Value ^ Address.Value) & SubnetMask) == 0;
        return !isOnLink && !Gateway.IsNone;
    }

    private static bool IsHostOf(Ipv4Address candidate, Ipv4Address network, uint mask)
    {
        uint host = candidate.Value & ~mask;
        return candidate.IsHost
            && ((candidate.Value ^ network.Value) & mask) == 0
            && (mask >= PointToPointMask || (host != 0 && host != ~mask));
    }
}
