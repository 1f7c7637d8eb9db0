using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>
/// A network driver that never asks its device why it interrupts. It cannot send either, since a driver looks after its device
/// whenever it sends; it says that it does, so that nobody but the interrupt line notices.
/// </summary>
public sealed class DeafNetworkDevice(INetworkDevice driver) : INetworkDevice
{
    /// <inheritdoc/>
    public CallResult Open(ReceiveMode mode) => driver.Open(mode);

    /// <inheritdoc/>
    public CallResult Close() => driver.Close();

    /// <inheritdoc/>
    public CallResult<DeviceExchange> Exchange(ReadOnlySpan<byte> outgoing, Span<byte> received)
    {
        uint frames = 0;
        while (PacketBatch.TryRead(ref outgoing, out _))
        {
            frames++;
        }

        return CallResult<DeviceExchange>.Ok(new DeviceExchange(frames, frames, 0, WasCause: false, HasMore: false));
    }

    /// <inheritdoc/>
    public CallResult SetReceiveMode(ReceiveMode mode) => driver.SetReceiveMode(mode);

    /// <inheritdoc/>
    public CallResult SetMulticastList(ReadOnlySpan<MacAddress> addresses) => driver.SetMulticastList(addresses);

    /// <inheritdoc/>
    public CallResult<LinkState> GetLink() => driver.GetLink();

    /// <inheritdoc/>
    public CallResult<NetworkStatistics> GetStatistics() => driver.GetStatistics();
}
