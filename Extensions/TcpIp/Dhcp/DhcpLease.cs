using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>An address for a time. Times are in nanoseconds since boot.</summary>
internal readonly record struct DhcpLease
{
    /// <summary>A shorter lease is refused: keeping it would be all that we do.</summary>
    public const uint MinimumSeconds = 4;

    private const long Second = 1_000_000_000;

    /// <summary>The address.</summary>
    public Ipv4Address Address { get; init; }

    /// <summary>Mask of the network.</summary>
    public uint SubnetMask { get; init; }

    /// <summary>The router, or none.</summary>
    public Ipv4Address Gateway { get; init; }

    /// <summary>The name server, or none.</summary>
    public Ipv4Address NameServer { get; init; }

    /// <summary>Who gave it.</summary>
    public Ipv4Address Server { get; init; }

    /// <summary>For how long it was given.</summary>
    public uint LeaseSeconds { get; init; }

    /// <summary>T1: when its server is asked to let us keep it.</summary>
    public long RenewAt { get; init; }

    /// <summary>T2: when anybody is asked.</summary>
    public long RebindAt { get; init; }

    /// <summary>When it may no longer be used.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>
    /// Takes the lease out of an acknowledgement. False if it makes no sense: no host address, no server, hardly any time, a mask with holes.
    /// </summary>
    /// <param name="message">The acknowledgement.</param>
    /// <param name="requestedAt">When the request was sent, from which the times count (RFC 2131 §4.4.1).</param>
    /// <param name="lease">The lease.</param>
    public static bool TryMake(in DhcpMessage message, long requestedAt, out DhcpLease lease)
    {
        lease = default;
        uint mask = message.SubnetMask != 0 ? message.SubnetMask : message.YourAddress.ClassMask;
        if (message.LeaseSeconds < MinimumSeconds
            || !message.ServerIdentifier.IsHost
            || !new RoutingTable().TryConfigure(message.YourAddress, mask, message.Router))
        {
            return false;
        }

        // RFC 2131 §4.4.5: T1 is half of the lease and T2 seven eighths, unless the server says otherwise, and in that order.
        uint total = message.LeaseSeconds;
        uint rebind = message.RebindingSeconds;
        rebind = rebind != 0 && rebind < total ? rebind : (uint)(total * 7ul / 8);
        uint renew = message.RenewalSeconds;
        renew = renew != 0 && renew < rebind ? renew : Math.Min(total / 2, rebind);
        bool isInfinite = total == DhcpMessage.Infinite;
        lease = new DhcpLease
        {
            Address = message.YourAddress,
            SubnetMask = mask,
            Gateway = message.Router,
            NameServer = message.NameServer,
            Server = message.ServerIdentifier,
            LeaseSeconds = total,
            RenewAt = isInfinite ? long.MaxValue : requestedAt + (renew * Second),
            RebindAt = isInfinite ? long.MaxValue : requestedAt + (rebind * Second),
            ExpiresAt = isInfinite ? long.MaxValue : requestedAt + (total * Second),
        };
        return true;
    }
}
