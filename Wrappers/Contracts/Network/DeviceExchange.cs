namespace NooksOS.Contracts;

/// <summary>What came of one exchange with a network driver.</summary>
/// <param name="FramesTaken">How many of the frames to send were taken; the rest did not fit the ring.</param>
/// <param name="FramesCompleted">
/// How many frames have left the device since the last exchange, or were given up, which the counters tell apart. Those that were
/// taken just now may be among them.
/// </param>
/// <param name="ReceivedBytes">How many bytes of received frames were written.</param>
/// <param name="WasCause">Whether the device had anything to say, so that an interrupt was its.</param>
/// <param name="HasMore">Whether there is more than there was room for: the driver wants to be called again at once.</param>
public readonly record struct DeviceExchange(
    uint FramesTaken, uint FramesCompleted, uint ReceivedBytes, bool WasCause, bool HasMore);
