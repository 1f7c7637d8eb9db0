using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>A received UDP datagram.</summary>
internal readonly ref struct UdpDatagram
{
    /// <summary>Who sent it.</summary>
    public required Ipv4Address Source { get; init; }

    /// <summary>From which port; zero if no answer is wanted.</summary>
    public required ushort SourcePort { get; init; }

    /// <summary>To which of our ports.</summary>
    public required ushort DestinationPort { get; init; }

    /// <summary>Whether it was sent to many.</summary>
    public required bool IsBroadcast { get; init; }

    /// <summary>The data.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }
}
