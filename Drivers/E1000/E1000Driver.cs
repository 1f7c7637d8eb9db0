using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.E1000;

/// <summary>
/// Driver of Intel's 82540EM and 82545EM Ethernet controllers.
/// Order of use: <see cref="Start"/>, then <see cref="Open"/> and <see cref="Close"/> as often as wanted, then <see cref="Stop"/>.
/// Anything but <see cref="Start"/> fails while there is no device.
/// </summary>
public sealed class E1000Driver : IExtension, INetworkDevice, IInterruptSink
{
    private E1000Adapter? _adapter;

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        CallStatus status = _adapter is null ? E1000Adapter.TryStart(services, out _adapter) : CallStatus.Busy;
        return status == CallStatus.Ok ? CallResult.Ok : CallResult.Failure(status);
    }

    /// <inheritdoc/>
    public CallResult Stop() => _adapter?.Close() ?? CallResult.Ok;

    /// <inheritdoc/>
    public CallResult Open(ReceiveMode mode) => _adapter?.Open(mode) ?? NoDevice();

    /// <inheritdoc/>
    public CallResult Close() => _adapter?.Close() ?? NoDevice();

    /// <inheritdoc/>
    public CallResult<uint> Transmit(ReadOnlySpan<byte> batch)
        => _adapter?.Transmit(batch) ?? CallResult<uint>.Failure(CallStatus.Failed);

    /// <inheritdoc/>
    public CallResult SetReceiveMode(ReceiveMode mode) => _adapter?.SetReceiveMode(mode) ?? NoDevice();

    /// <inheritdoc/>
    public CallResult SetMulticastList(ReadOnlySpan<MacAddress> addresses) => _adapter?.SetMulticastList(addresses) ?? NoDevice();

    /// <inheritdoc/>
    public CallResult<LinkState> GetLink() => _adapter is null
        ? CallResult<LinkState>.Failure(CallStatus.Failed)
        : CallResult<LinkState>.Ok(_adapter.ReadLink());

    /// <inheritdoc/>
    public CallResult<NetworkStatistics> GetStatistics() => _adapter is null
        ? CallResult<NetworkStatistics>.Failure(CallStatus.Failed)
        : CallResult<NetworkStatistics>.Ok(_adapter.ReadStatistics());

    /// <inheritdoc/>
    public CallResult<uint> OnInterrupt(Handle<TrackedObjects.InterruptLine> line)
        => CallResult<uint>.Ok(_adapter is not null && _adapter.OnInterrupt() ? 1u : 0u);

    private static CallResult NoDevice() => CallResult.Failure(CallStatus.Failed);
}
