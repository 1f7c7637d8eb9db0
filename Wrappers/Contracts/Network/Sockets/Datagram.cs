using System;

namespace NooksOS.Contracts;

/// <summary>One datagram of a <see cref="DatagramBatch"/>. Addresses and ports are in host order.</summary>
public readonly ref struct Datagram
{
    /// <summary>The port on this side.</summary>
    public ushort LocalPort { get; init; }

    /// <summary>The port on the other side.</summary>
    public ushort RemotePort { get; init; }

    /// <summary>The address of the other side.</summary>
    public uint RemoteAddress { get; init; }

    /// <summary>What it carries.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }
}
