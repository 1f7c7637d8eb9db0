using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>What the driver has counted since it was started, and what it has learned from the device.</summary>
public sealed class NetworkCounters
{
    /// <summary>Good frames that were received.</summary>
    public ulong FramesReceived { get; set; }

    /// <summary>Frames that were sent.</summary>
    public ulong FramesTransmitted { get; set; }

    /// <summary>Length of the frames that were received.</summary>
    public ulong BytesReceived { get; set; }

    /// <summary>Length of the frames that were sent.</summary>
    public ulong BytesTransmitted { get; set; }

    /// <summary>Frames that were bad, or were reported in a way that cannot be.</summary>
    public ulong ReceiveErrors { get; set; }

    /// <summary>Good frames for which there was no room, in the device or in the kernel.</summary>
    public ulong ReceiveDropped { get; set; }

    /// <summary>Frames that were taken and not sent.</summary>
    public ulong TransmitErrors { get; set; }

    /// <summary>Interrupts of which the device was the cause.</summary>
    public ulong Interrupts { get; set; }

    /// <summary>All of them.</summary>
    public NetworkStatistics Snapshot() => new(
        FramesReceived,
        FramesTransmitted,
        BytesReceived,
        BytesTransmitted,
        ReceiveErrors,
        ReceiveDropped,
        TransmitErrors,
        Interrupts);
}
