using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>The registration of one instance of a driver, as its domain holds it.</summary>
internal sealed class NetworkDeviceRegistration(
    NetworkDeviceShadow shadow, uint domainId, uint registration, DeviceIdentity identity, IExchangeView view, HandleTable objects)
    : Registration(TrackedKind.NetworkDevice, domainId, shadow.Faults, shadow.Clock)
{
    public override string Description => identity.Address.ToString();

    protected override bool Unregister()
    {
        view.Close();

        // The device has lost the bus, and its memory is older than this: it is released later.
        shadow.Rescue(objects.Held<ITrackedMemory>(), identity);
        return shadow.Driver.Unregister(registration);
    }
}
