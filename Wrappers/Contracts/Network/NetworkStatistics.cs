namespace NooksOS.Contracts;

/// <summary>Counters of a network device since its driver was started.</summary>
public readonly record struct NetworkStatistics(
    ulong FramesReceived,
    ulong FramesTransmitted,
    ulong BytesReceived,
    ulong BytesTransmitted,
    ulong ReceiveErrors,
    ulong ReceiveDropped,
    ulong TransmitErrors,
    ulong Interrupts);
