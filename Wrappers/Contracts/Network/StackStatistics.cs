namespace NooksOS.Contracts;

/// <summary>Counters of the network stack since it was started.</summary>
public readonly record struct StackStatistics(
    ulong FramesReceived,
    ulong FramesTransmitted,
    ulong MalformedFrames,
    ulong ArpReplies,
    ulong EchoReplies,
    ulong DatagramsReceived,
    ulong DatagramsEchoed,
    ulong ChecksumErrors);
