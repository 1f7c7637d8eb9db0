using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>
/// A claimed device that the kernel knows of: what the kernel may ask of it in which state. One thread at a time runs in here,
/// but each call to the kernel lets another one in. Nothing is allocated after construction.
/// </summary>
internal sealed class NetworkAdapter
{
    private const uint MaximumTransmissionUnitBytes = 1500;

    private readonly NetworkController _controller;
    private readonly AdapterLifeCycle _life;
    private readonly ExchangeService _exchanges;

    private NetworkAdapter(
        INetworkDeviceHost host,
        Handle<TrackedObjects.NetworkDevice> registration,
        IDeviceResources device,
        NetworkController controller,
        MacAddress address)
    {
        _controller = controller;
        _life = new AdapterLifeCycle(device, controller, address);
        _exchanges = new ExchangeService(host, registration, controller, _life);
    }

    /// <summary>Tells the kernel of a device that is at rest.</summary>
    public static CallStatus TryRegister(
        INetworkDeviceHost host,
        IDeviceResources device,
        NetworkController controller,
        MacAddress address,
        out NetworkAdapter? adapter)
    {
        CallResult<Handle<TrackedObjects.NetworkDevice>> registered = host.Register(address, MaximumTransmissionUnitBytes);
        adapter = registered.TryGet(out Handle<TrackedObjects.NetworkDevice> registration)
            ? new NetworkAdapter(host, registration, device, controller, address)
            : null;
        return registered.Status;
    }

    /// <summary>See <see cref="INetworkDevice.Open"/>.</summary>
    public CallResult Open(ReceiveMode mode)
    {
        switch (_life.State)
        {
            case AdapterState.Open:
                return SetReceiveMode(mode);

            case AdapterState.Changing:
                return CallResult.Failure(CallStatus.Busy);

            default:
                if (!_life.Filter.TrySetMode(mode))
                {
                    return CallResult.Failure(CallStatus.BadParameter);
                }

                if (!_life.BringUp())
                {
                    return CallResult.Failure(CallStatus.Failed);
                }

                _exchanges.NoteLink();
                return CallResult.Ok;
        }
    }

    /// <summary>See <see cref="INetworkDevice.Close"/>.</summary>
    public CallResult Close()
    {
        if (_life.State == AdapterState.Changing)
        {
            return CallResult.Failure(CallStatus.Busy);
        }

        if (_life.State == AdapterState.Open)
        {
            _life.Close();
        }

        return CallResult.Ok;
    }

    /// <summary>See <see cref="INetworkDevice.Exchange"/>.</summary>
    public DeviceExchange Exchange(ReadOnlySpan<byte> outgoing, Span<byte> received) => _exchanges.Exchange(outgoing, received);

    /// <summary>See <see cref="INetworkDevice.SetReceiveMode"/>.</summary>
    public CallResult SetReceiveMode(ReceiveMode mode)
        => _life.Filter.TrySetMode(mode) ? ApplyFilter() : CallResult.Failure(CallStatus.BadParameter);

    /// <summary>See <see cref="INetworkDevice.SetMulticastList"/>.</summary>
    public CallResult SetMulticastList(ReadOnlySpan<MacAddress> addresses)
        => _life.Filter.TrySetGroups(addresses) ? ApplyFilter() : CallResult.Failure(CallStatus.BadParameter);

    /// <summary>See <see cref="INetworkDevice.GetLink"/>.</summary>
    public LinkState ReadLink() => _controller.ReadLink();

    /// <summary>See <see cref="INetworkDevice.GetStatistics"/>.</summary>
    public NetworkStatistics ReadStatistics()
    {
        _controller.ReadCounters(_life.Counters);
        return _life.Counters.Snapshot();
    }

    /// <summary>Tells the kernel if the link is another than it was told last.</summary>
    public void CheckLink() => _exchanges.CheckLink();

    private CallResult ApplyFilter()
    {
        if (_life.State == AdapterState.Open && !_controller.TrySetFilter(_life.Filter))
        {
            _life.StartOver();
        }

        return CallResult.Ok;
    }
}
