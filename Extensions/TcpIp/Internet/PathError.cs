using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>What an ICMP error says of a datagram that we are said to have sent.</summary>
internal readonly ref struct PathError
{
    /// <summary>What happened.</summary>
    public required PathErrorKind Kind { get; init; }

    /// <summary>The largest datagram that gets through, if that is it; zero if the router does not know.</summary>
    public required int PathBytes { get; init; }

    /// <summary>Size of the datagram.</summary>
    public required int DatagramBytes { get; init; }

    /// <summary>Where it was sent.</summary>
    public required Ipv4Address Destination { get; init; }

    /// <summary>The first octets of what it carried: at least eight (RFC 792).</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }
}
