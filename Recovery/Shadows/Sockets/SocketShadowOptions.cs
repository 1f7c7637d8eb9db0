using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Bounds of the socket shadow.</summary>
public sealed record SocketShadowOptions
{
    /// <summary>How long a listener of a dead owner waits for its next instance.</summary>
    public long OrphanNanoseconds { get; init; } = 5_000_000_000;

    /// <summary>How long a connection that was closed may take to send what it still has, before it is aborted.</summary>
    public long LingerNanoseconds { get; init; } = 120_000_000_000;

    /// <summary>The most connections that may wait on one listener.</summary>
    public uint MaximumBacklog { get; init; } = 1024;

    /// <summary>
    /// Bytes of datagrams, with their headers, that may wait for one socket: more than one exchange of the stack brings
    /// (<see cref="PacketBatch.ExchangeBytes"/>), before which their reader may not run.
    /// </summary>
    public int DatagramQueueBytes { get; init; } = PacketBatch.ExchangeBytes * 4 / 3;

    /// <summary>Bytes of datagrams, with their headers, that may wait for the stack.</summary>
    public int OutgoingDatagramBytes { get; init; } = 128 * 1024;

    /// <summary>Names that may be looked up at a time.</summary>
    public int MaximumQueries { get; init; } = SocketLimits.NameQueries;

    /// <summary>After so many instances in succession that died while they took connections over, the connections are given up.</summary>
    public int AdoptionsAllowed { get; init; } = 3;
}
