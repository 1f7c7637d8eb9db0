namespace NooksOS.Contracts;

/// <summary>What came of one exchange with the network stack.</summary>
/// <param name="FramesTaken">How many of the received frames were looked at.</param>
/// <param name="OutgoingBytes">How many bytes of frames to send were written.</param>
/// <param name="Signals">How many blocks were named.</param>
/// <param name="HasMore">Whether there was more to say than there was room for: the stack wants to be called again at once.</param>
public readonly record struct StackExchange(uint FramesTaken, uint OutgoingBytes, uint Signals, bool HasMore);
