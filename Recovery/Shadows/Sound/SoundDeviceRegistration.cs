using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The registration of one instance of a driver, as its domain holds it. It is newer than what the device is stopped through, so
/// it is silenced first, while the device is still on the bus: what it plays then is what it was given.
/// </summary>
internal sealed class SoundDeviceRegistration(SoundDeviceShadow shadow, uint domainId, uint registration)
    : Registration(TrackedKind.SoundDevice, domainId, shadow.Faults, shadow.Clock)
{
    public override string Description => "sound device";

    protected override bool Quiesce()
    {
        shadow.Device.Halt(registration);
        return true;
    }

    protected override bool Unregister() => shadow.Device.Halt(registration);
}
