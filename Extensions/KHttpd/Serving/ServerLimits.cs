namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>How much a client may take of the server's memory and time.</summary>
internal sealed record ServerLimits
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// Connections at a time. Beyond, the one that has been asked for nothing for longest makes room, or else the slowest transfer; where
    /// all are fast, the next has to wait.
    /// </summary>
    public int Connections { get; init; } = 1536;

    /// <summary>Bytes from one look at the deadlines to the next below which a transfer is slow enough to make room for others.</summary>
    public int CrowdedBytes { get; init; } = 8 * 1024;

    /// <summary>What is assumed of a transfer that begins: gives it about five seconds to show otherwise.</summary>
    public int AssumedBytes { get; init; } = 32 * 1024;

    /// <summary>
    /// Of them, how many may listen to events. Beyond, a client that has most of them loses the one that has listened for longest.
    /// </summary>
    public int Listeners { get; init; } = 64;

    /// <summary>
    /// Bytes that all connections together keep between turns, of heads that have not ended and replies that are not taken: a quarter of
    /// what the domain may have. Beyond, the one that keeps most makes room.
    /// </summary>
    public int KeptBytes { get; init; } = 16 << 20;

    /// <summary>How long a connection may be kept between two requests, or before the first.</summary>
    public long IdleNanoseconds { get; init; } = 60 * NanosecondsPerSecond;

    /// <summary>How long a connection without a request is left in peace where a slow transfer can make room instead.</summary>
    public long AskingNanoseconds { get; init; } = NanosecondsPerSecond / 2;

    /// <summary>How long a head may take, from its first byte, however slowly the rest trickles in.</summary>
    public long HeadNanoseconds { get; init; } = 10 * NanosecondsPerSecond;

    /// <summary>How often the rate of a transfer is looked at.</summary>
    public long RateNanoseconds { get; init; } = 20 * NanosecondsPerSecond;

    /// <summary>Bytes that must be moved in that time, in either direction, unless the transfer ends.</summary>
    public int RateBytes { get; init; } = 4096;

    /// <summary>How long to wait for the client's end after the last reply.</summary>
    public long LingerNanoseconds { get; init; } = 2 * NanosecondsPerSecond;

    /// <summary>Bytes to throw away of a body that nobody wants, or that arrive after the last reply.</summary>
    public int UnwantedBytes { get; init; } = 256 * 1024;

    /// <summary>Pieces of at most one buffer that one connection may move before others have their turn.</summary>
    public int StepsPerTurn { get; init; } = 32;

    /// <summary>Connections to accept before the accepted ones have their turn.</summary>
    public int AcceptsPerTurn { get; init; } = 64;

    /// <summary>How often deadlines are looked at.</summary>
    public long SweepNanoseconds { get; init; } = NanosecondsPerSecond / 2;

    /// <summary>How often an event goes to those who listen to them.</summary>
    public long EventNanoseconds { get; init; } = NanosecondsPerSecond;
}
