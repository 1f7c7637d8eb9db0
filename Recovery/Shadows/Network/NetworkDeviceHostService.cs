using System;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What the kernel offers to one instance of a network driver. A bad handle or parameter is only refused here: the wrapper
/// makes a fault of the caller of it, and knows where the call came from.
/// </summary>
/// <param name="shadow">The shadow of the device.</param>
/// <param name="domainId">The domain that the recovery manager knows the extension by.</param>
/// <param name="driver">The instance, as the kernel calls it.</param>
/// <param name="view">How the instance sees the memory of the exchange.</param>
/// <param name="objects">What the instance holds.</param>
/// <param name="countStarts">How often the instance has let its device have the bus.</param>
public sealed class NetworkDeviceHostService(
    NetworkDeviceShadow shadow, uint domainId, INetworkDevice driver, IExchangeView view, HandleTable objects, Func<ulong> countStarts)
    : INetworkDeviceHost
{
    private const uint MinimumTransmissionUnitBytes = 68;
    private const uint EthernetHeaderBytes = 14;

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.NetworkDevice>> Register(MacAddress address, uint maximumTransmissionUnitBytes)
    {
        if (!objects.TakesRegistrations)
        {
            return CallResult<Handle<TrackedObjects.NetworkDevice>>.Failure(CallStatus.NotSupported);
        }

        // RFC 791: every module must be able to forward a datagram of 68 octets.
        if (address.Bits is 0 or > 0xFFFF_FFFF_FFFF
            || address.IsMulticast
            || maximumTransmissionUnitBytes is < MinimumTransmissionUnitBytes
                or > PacketBatch.MaximumFrameBytes - EthernetHeaderBytes)
        {
            return CallResult<Handle<TrackedObjects.NetworkDevice>>.Failure(CallStatus.BadParameter);
        }

        DeviceIdentity identity = new(address, maximumTransmissionUnitBytes);
        if (!shadow.Driver.TryRegister(domainId, driver, identity, countStarts, out uint registration))
        {
            return CallResult<Handle<TrackedObjects.NetworkDevice>>.Failure(CallStatus.Busy);
        }

        if (!view.TryOpen())
        {
            shadow.Driver.Unregister(registration);
            return CallResult<Handle<TrackedObjects.NetworkDevice>>.Failure(CallStatus.OutOfResources);
        }

        CallResult<Handle<TrackedObjects.NetworkDevice>> added =
            objects.Add<TrackedObjects.NetworkDevice>(new NetworkDeviceRegistration(shadow, domainId, registration, identity, view, objects));
        if (!added.Succeeded)
        {
            view.Close();
            shadow.Driver.Unregister(registration);
        }

        return added;
    }

    /// <inheritdoc/>
    public CallResult LinkChanged(Handle<TrackedObjects.NetworkDevice> device, LinkState link)
    {
        if (!objects.TryResolve(device, out NetworkDeviceRegistration _))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        shadow.ChangeLink(link);
        return CallResult.Ok;
    }
}
