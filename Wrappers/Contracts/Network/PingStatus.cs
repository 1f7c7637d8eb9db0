namespace NooksOS.Contracts;

/// <summary>State of the echo request that was sent last.</summary>
/// <param name="Answered">Whether the answer has come.</param>
/// <param name="RoundTripNanoseconds">How long it took.</param>
public readonly record struct PingStatus(bool Answered, ulong RoundTripNanoseconds);
