using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>The registration of one instance of a driver, as its domain holds it.</summary>
internal sealed class NetworkDeviceRegistration(
    NetworkDeviceShadow shadow, uint registration, DeviceIdentity identity, IExchangeView view)
    : TrackedObject(TrackedKind.NetworkDevice)
{
    public override string Description => identity.Address.ToString();

    protected override bool Release()
    {
        view.Close();
        shadow.Driver.Unregister(registration);
        return true;
    }
}
