using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>The network stack as an extension: the contracts on one side, a <see cref="NetworkInterface"/> on the other.</summary>
public sealed class TcpIpExtension : IExtension, INetworkStack, ITransport, IFrameTransmitter
{
    private IExtensionServices? _services;
    private NetworkInterface? _interface;
    private Handle<TrackedObjects.NetworkStack> _handle;
    private Ipv4Address _loggedAddress;

    private CallResult Started => _interface is null ? CallResult.Failure(CallStatus.Failed) : CallResult.Ok;

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        _services = services;
        _interface = new NetworkInterface(this, services.State, services.NextRandom());
        IConnectionMemory? connections = services.OpenConnectionMemory();
        if (connections is null || !services.NetworkStacks.Register().TryGet(out _handle))
        {
            return CallResult.Failure(CallStatus.Failed);
        }

        _interface.OpenTransport(connections, services.Transport);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Stop()
    {
        // The lease is not given back: the next instance goes on with it.
        _interface?.Detach();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult AttachDevice(
        Handle<TrackedObjects.NetworkStack> stack, MacAddress address, uint maximumTransmissionUnitBytes, LinkState link)
    {
        if (_interface is null || _services is null)
        {
            return CallResult.Failure(CallStatus.Failed);
        }

        if (address.IsMulticast
            || address.Bits == 0
            || maximumTransmissionUnitBytes is < LinkLayer.MinimumPayloadBytes or > LinkLayer.MaximumPayloadBytes)
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        _handle = stack;
        _interface.Attach(address, (int)maximumTransmissionUnitBytes, link.IsUp, _services.MonotonicNanoseconds);

        // An address that is there at once is that of the instance before, who has told of it.
        _loggedAddress = _interface.Address;
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult DetachDevice()
    {
        _interface?.Detach();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<StackExchange> Exchange(
        ReadOnlySpan<byte> received, ReadOnlySpan<uint> kicked, Span<byte> outgoing, Span<uint> signals, long nowNanoseconds)
    {
        if (_interface is null)
        {
            return CallResult<StackExchange>.Failure(CallStatus.Failed);
        }

        StackExchange outcome = _interface.Exchange(received, kicked, outgoing, signals, nowNanoseconds);
        LogAddress();
        return CallResult<StackExchange>.Ok(outcome);
    }

    /// <inheritdoc/>
    public CallResult LinkChanged(LinkState link)
    {
        if (_interface is null || _services is null)
        {
            return CallResult.Failure(CallStatus.Failed);
        }

        _interface.ChangeLink(link.IsUp, _services.MonotonicNanoseconds);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult OnTimer(long nowNanoseconds)
    {
        _interface?.OnTimer(nowNanoseconds);
        LogAddress();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Ping(uint address, ushort sequence, long nowNanoseconds)
        => _interface is not null && _interface.TryPing(new Ipv4Address(address), sequence, nowNanoseconds)
            ? CallResult.Ok
            : CallResult.Failure(CallStatus.NotFound);

    /// <inheritdoc/>
    public CallResult<PingStatus> GetPing(ushort sequence)
        => _interface is not null && _interface.TryGetPing(sequence, out PingStatus status)
            ? CallResult<PingStatus>.Ok(status)
            : CallResult<PingStatus>.Failure(CallStatus.NotFound);

    /// <inheritdoc/>
    public CallResult<InterfaceConfiguration> GetConfiguration()
        => _interface is null
            ? CallResult<InterfaceConfiguration>.Failure(CallStatus.Failed)
            : CallResult<InterfaceConfiguration>.Ok(_interface.Configuration);

    /// <inheritdoc/>
    public CallResult<StackStatistics> GetStatistics()
        => _interface is null
            ? CallResult<StackStatistics>.Failure(CallStatus.Failed)
            : CallResult<StackStatistics>.Ok(_interface.Counters.ToStatistics());

    /// <inheritdoc/>
    public CallResult AdoptConnections(ReadOnlySpan<uint> blocks, long nowNanoseconds)
    {
        _interface?.Adopt(blocks, nowNanoseconds);
        return Started;
    }

    /// <inheritdoc/>
    public CallResult Listen(ushort port, uint backlog)
    {
        // How many wait to be accepted is for the kernel to bound. Those that are half open share one table, and none is refused for want of
        // room in it.
        bool isListening = _interface?.Transport?.Tcp.TryListen(port) == true;
        return isListening ? CallResult.Ok : CallResult.Failure(CallStatus.Failed);
    }

    /// <inheritdoc/>
    public CallResult StopListening(ushort port)
    {
        _interface?.Transport?.Tcp.StopListening(port);
        return Started;
    }

    /// <inheritdoc/>
    public CallResult BindDatagrams(ushort port)
    {
        bool isBound = _interface?.Transport?.Datagrams.TryBind(port) == true;
        return isBound ? CallResult.Ok : CallResult.Failure(CallStatus.Failed);
    }

    /// <inheritdoc/>
    public CallResult UnbindDatagrams(ushort port)
    {
        _interface?.Transport?.Datagrams.Unbind(port);
        return Started;
    }

    /// <inheritdoc/>
    public CallResult Kick(ReadOnlySpan<uint> blocks, long nowNanoseconds)
    {
        _interface?.Kick(blocks, nowNanoseconds);
        return Started;
    }

    /// <inheritdoc/>
    public CallResult SendDatagrams(ReadOnlySpan<byte> batch, long nowNanoseconds)
    {
        _interface?.SendDatagrams(batch, nowNanoseconds);
        return Started;
    }

    /// <inheritdoc/>
    public CallResult Resolve(uint query, ReadOnlySpan<byte> name, long nowNanoseconds)
    {
        _interface?.Resolve(query, name, nowNanoseconds);
        return Started;
    }

    uint IFrameTransmitter.Transmit(ReadOnlySpan<byte> batch)
        => _services!.NetworkStacks.Transmit(_handle, batch).TryGet(out uint taken) ? taken : 0;

    private void LogAddress()
    {
        Ipv4Address address = _interface?.Address ?? Ipv4Address.None;
        if (address != _loggedAddress)
        {
            _loggedAddress = address;
            _services!.Log(address.IsNone ? "no address any more" : $"address {address}");
        }
    }
}
