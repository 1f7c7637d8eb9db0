using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>A received datagram that passed the checks of the IPv4 layer.</summary>
internal readonly ref struct Ipv4Datagram
{
    /// <summary>Who sent it: always one host.</summary>
    public required Ipv4Address Source { get; init; }

    /// <summary>Where it was sent.</summary>
    public required Ipv4Address Destination { get; init; }

    /// <summary>Whether it was sent to many, by its address or by its frame. Such a datagram is never answered.</summary>
    public required bool IsBroadcast { get; init; }

    /// <summary>Header and payload, as an ICMP error quotes them.</summary>
    public required ReadOnlySpan<byte> Packet { get; init; }

    /// <summary>What it carries.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }
}
