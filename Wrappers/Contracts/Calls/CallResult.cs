using System;

namespace NooksOS.Contracts;

/// <summary>
/// The outcome of a call across a protection boundary that returns no value. No exception ever crosses; death is a result.
/// </summary>
public readonly struct CallResult
{
    internal CallResult(CallStatus status) => Status = status;

    /// <summary>How the call ended.</summary>
    public CallStatus Status { get; }

    /// <summary>Whether the call was carried out.</summary>
    public bool Succeeded => Status == CallStatus.Ok;

    /// <summary>A successful outcome.</summary>
    public static CallResult Ok => default;

    /// <summary>An outcome that the callee itself may report.</summary>
    /// <exception cref="ArgumentException">The status is one that only a wrapper may produce.</exception>
    public static CallResult Failure(CallStatus status) => new(RequireCalleeStatus(status));

    internal static CallStatus RequireCalleeStatus(CallStatus status)
        => status is CallStatus.DomainDied or CallStatus.DomainUnavailable
            ? throw new ArgumentException("Only a wrapper can say that a domain died.", nameof(status))
            : status;
}
