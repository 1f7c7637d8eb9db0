namespace NooksOS.Extensions.KHttpd.Transport;

/// <summary>
/// Time as it was at the beginning of the server's turn. To look at the real clock is a call to the kernel, which nobody needs for
/// each request.
/// </summary>
internal sealed class TurnClock : IServerClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly IServerClock _source;

    /// <param name="source">The real clock.</param>
    public TurnClock(IServerClock source)
    {
        _source = source;
        MonotonicNanoseconds = source.MonotonicNanoseconds;
        UtcSeconds = source.UtcSeconds;
    }

    /// <inheritdoc/>
    public long MonotonicNanoseconds { get; private set; }

    /// <inheritdoc/>
    public long UtcSeconds { get; private set; }

    /// <summary>Begins a turn.</summary>
    public void Refresh()
    {
        long now = _source.MonotonicNanoseconds;
        if (now / NanosecondsPerSecond != MonotonicNanoseconds / NanosecondsPerSecond)
        {
            UtcSeconds = _source.UtcSeconds;
        }

        MonotonicNanoseconds = now;
    }
}
