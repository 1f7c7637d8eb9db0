using System;

namespace NooksOS.Contracts;

/// <summary>What a network driver offers.</summary>
[Contract(6, CallDirection.KernelToExtension)]
public interface INetworkDevice
{
    /// <summary>Starts reception and transmission in the given mode.</summary>
    [Idempotent]
    CallResult Open(ReceiveMode mode);

    /// <summary>Stops reception and transmission and puts the device to rest.</summary>
    CallResult Close();

    /// <summary>Queues the frames of a <see cref="PacketBatch"/>. Returns how many were taken; the rest did not fit the ring.</summary>
    CallResult<uint> Transmit([MaximumLength(PacketBatch.MaximumBytes)] ReadOnlySpan<byte> batch);

    /// <summary>Changes what is received.</summary>
    [Idempotent]
    CallResult SetReceiveMode(ReceiveMode mode);

    /// <summary>Replaces the multicast list.</summary>
    [Idempotent]
    CallResult SetMulticastList([MaximumLength(128)] ReadOnlySpan<MacAddress> addresses);

    /// <summary>Reads the link.</summary>
    [Idempotent]
    CallResult<LinkState> GetLink();

    /// <summary>Reads the counters.</summary>
    [Idempotent]
    CallResult<NetworkStatistics> GetStatistics();
}
