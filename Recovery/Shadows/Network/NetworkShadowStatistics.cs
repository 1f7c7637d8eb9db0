namespace NooksOS.Recovery.Shadows;

/// <summary>What passed through the shadow of a network device since boot, and what did not.</summary>
/// <param name="TransmitQueued">Frames that wait for the driver now.</param>
/// <param name="TransmitInFlight">Frames that the driver has now.</param>
/// <param name="TransmitLost">Frames that were lost with an instance of the driver.</param>
/// <param name="TransmitDropped">Frames refused because the queue was full.</param>
/// <param name="ReceiveQueued">Frames that wait for the stack now.</param>
/// <param name="ReceiveLost">Frames that were lost with an instance of the stack.</param>
/// <param name="ReceiveDropped">Frames refused because the queue was full.</param>
/// <param name="DriverInstances">Instances of the driver that took the configuration.</param>
/// <param name="StackInstances">Instances of the stack that took the device.</param>
public readonly record struct NetworkShadowStatistics(
    int TransmitQueued,
    ulong TransmitInFlight,
    ulong TransmitLost,
    ulong TransmitDropped,
    int ReceiveQueued,
    ulong ReceiveLost,
    ulong ReceiveDropped,
    uint DriverInstances,
    uint StackInstances);
