namespace NooksOS.Extensions.KHttpd.Transport;

/// <summary>Time, passed in so that tests can turn it.</summary>
internal interface IServerClock
{
    /// <summary>Time since boot.</summary>
    long MonotonicNanoseconds { get; }

    /// <summary>Seconds since 1970-01-01 UTC.</summary>
    long UtcSeconds { get; }
}
