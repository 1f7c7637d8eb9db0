using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>A network driver that sends, and never asks its device why it interrupts.</summary>
internal sealed class DeafNetworkDevice(INetworkDevice driver) : INetworkDevice
{
    /// <inheritdoc/>
    public CallResult Open(ReceiveMode mode) => driver.Open(mode);

    /// <inheritdoc/>
    public CallResult Close() => driver.Close();

    /// <inheritdoc/>
    public CallResult<DeviceExchange> Exchange(ReadOnlySpan<byte> outgoing, Span<byte> received)
        => outgoing.IsEmpty ? CallResult<DeviceExchange>.Ok(default) : driver.Exchange(outgoing, received);

    /// <inheritdoc/>
    public CallResult SetReceiveMode(ReceiveMode mode) => driver.SetReceiveMode(mode);

    /// <inheritdoc/>
    public CallResult SetMulticastList(ReadOnlySpan<MacAddress> addresses) => driver.SetMulticastList(addresses);

    /// <inheritdoc/>
    public CallResult<LinkState> GetLink() => driver.GetLink();

    /// <inheritdoc/>
    public CallResult<NetworkStatistics> GetStatistics() => driver.GetStatistics();
}
