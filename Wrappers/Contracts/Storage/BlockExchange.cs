namespace NooksOS.Contracts;

/// <summary>What came of one exchange with a driver of block devices.</summary>
/// <param name="RequestsTaken">How many requests were taken, from the first; for the rest there is no room until some have ended.</param>
/// <param name="RequestsEnded">How many ends were written. If there was room for no more, there may be more.</param>
public readonly record struct BlockExchange(uint RequestsTaken, uint RequestsEnded);
