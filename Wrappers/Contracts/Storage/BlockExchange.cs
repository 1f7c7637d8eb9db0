namespace NooksOS.Contracts;

/// <summary>What came of one exchange with a driver of block devices.</summary>
/// <param name="RequestsTaken">How many requests were taken, from the first; for the rest there is no room until some have ended.</param>
/// <param name="RequestsEnded">How many ends were written.</param>
/// <param name="WasCause">Whether a device had anything to say, so that an interrupt was its.</param>
/// <param name="HasMore">Whether there is more than there was room for: the driver wants to be called again at once.</param>
public readonly record struct BlockExchange(uint RequestsTaken, uint RequestsEnded, bool WasCause, bool HasMore);
