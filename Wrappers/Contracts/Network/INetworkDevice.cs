using System;

namespace NooksOS.Contracts;

/// <summary>What a network driver offers.</summary>
[Contract(6, CallDirection.KernelToExtension, Version = 2)]
public interface INetworkDevice
{
    /// <summary>Starts reception and transmission in the given mode.</summary>
    [Idempotent]
    CallResult Open(ReceiveMode mode);

    /// <summary>Stops reception and transmission and puts the device to rest.</summary>
    CallResult Close();

    /// <summary>
    /// Everything that there is to say in one call, under load the only one for each batch of frames. It stands for an interrupt as
    /// well: the device's line stays masked until an exchange after the interrupt has found nothing left. A device that is closed
    /// takes and brings nothing.
    /// </summary>
    /// <param name="outgoing">Frames to send, a <see cref="PacketBatch"/>.</param>
    /// <param name="received">Receives frames that have arrived, a <see cref="PacketBatch"/>.</param>
    CallResult<DeviceExchange> Exchange(
        [MaximumLength(PacketBatch.ExchangeBytes)] ReadOnlySpan<byte> outgoing,
        [MaximumLength(PacketBatch.ExchangeBytes), Output] Span<byte> received);

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
