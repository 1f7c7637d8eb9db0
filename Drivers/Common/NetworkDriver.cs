using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>
/// What the driver of a family of network controllers begins with: it says which devices it knows and makes a
/// <see cref="NetworkController"/> for one of them; everything else is the same for all of them.
/// Order of use: <see cref="Start"/>, then <see cref="Open"/> and <see cref="Close"/> as often as wanted, then <see cref="Stop"/>.
/// Anything but <see cref="Start"/> fails while there is no device.
/// </summary>
public abstract class NetworkDriver : IExtension, INetworkDevice
{
    private NetworkAdapter? _adapter;

    /// <summary>The devices that the driver knows.</summary>
    protected abstract ReadOnlySpan<PciIdentity> Identities { get; }

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        CallStatus status = _adapter is null ? TryStart(services) : CallStatus.Busy;
        return status == CallStatus.Ok ? CallResult.Ok : CallResult.Failure(status);
    }

    /// <inheritdoc/>
    public CallResult Stop() => _adapter?.Close() ?? CallResult.Ok;

    /// <inheritdoc/>
    public CallResult Open(ReceiveMode mode) => _adapter?.Open(mode) ?? NoDevice();

    /// <inheritdoc/>
    public CallResult Close() => _adapter?.Close() ?? NoDevice();

    /// <inheritdoc/>
    public CallResult<DeviceExchange> Exchange(ReadOnlySpan<byte> outgoing, Span<byte> received) => _adapter is null
        ? CallResult<DeviceExchange>.Failure(CallStatus.Failed)
        : CallResult<DeviceExchange>.Ok(_adapter.Exchange(outgoing, received));

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

    /// <summary>
    /// Maps the registers of a device that was claimed, and allocates the memory that is shared with it. The device is off the
    /// bus. May throw what <see cref="IDeviceResources"/> throws; null if it is not a device that the driver can drive.
    /// </summary>
    protected abstract NetworkController? Attach(IExtensionServices services, IDeviceResources device);

    /// <summary>Tells the kernel if the link has changed. For devices that do not say so themselves.</summary>
    protected void CheckLink() => _adapter?.CheckLink();

    private static CallResult NoDevice() => CallResult.Failure(CallStatus.Failed);

    /// <summary>Claims the first device there is, puts it to rest and registers it.</summary>
    private CallStatus TryStart(IExtensionServices services)
    {
        IDeviceResources? device = services.ClaimDevice(Identities);
        if (device is null)
        {
            return CallStatus.NotFound;
        }

        try
        {
            // An earlier owner may have left the device with addresses that are no longer its own.
            device.SetBusMaster(false);
            NetworkController? controller = Attach(services, device);
            if (controller is null)
            {
                services.Log("the device is not one that this driver can drive");
                return CallStatus.Failed;
            }

            if (!controller.TryReset() || !controller.TryReadAddress(out MacAddress address))
            {
                services.Log("the device does not answer or has no address");
                return CallStatus.Failed;
            }

            // Not before the reset: the line may have been left asserted by the predecessor, with nobody here to answer it.
            device.OpenInterruptLine();
            return NetworkAdapter.TryRegister(services.NetworkDevices, device, controller, address, out _adapter);
        }
        catch (InvalidOperationException refusal)
        {
            services.Log(refusal.Message);
            return CallStatus.Failed;
        }
    }
}
