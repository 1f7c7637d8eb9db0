using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What the kernel offers to one instance of a sound driver. A bad handle or parameter is only refused here: the wrapper makes a
/// fault of the caller of it, and knows where the call came from.
/// </summary>
/// <param name="shadow">The shadow of the device.</param>
/// <param name="domainId">The domain that the recovery manager knows the extension by.</param>
/// <param name="driver">The instance, as the kernel calls it.</param>
/// <param name="stops">Ways to stop the device.</param>
/// <param name="objects">What the instance holds.</param>
public sealed class SoundDeviceHostService(
    SoundDeviceShadow shadow, uint domainId, ISoundDevice driver, IPlaybackStops stops, HandleTable objects) : ISoundDeviceHost
{
    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.SoundDevice>> RegisterStoppedByPorts(
        Handle<TrackedObjects.PortRange> ports, PortStop stop)
        => Register(stops.ByPorts(ports, stop));

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.SoundDevice>> RegisterStoppedByChannel(Handle<TrackedObjects.DmaChannel> channel)
        => Register(stops.ByChannel(channel));

    /// <inheritdoc/>
    public CallResult ReportPosition(Handle<TrackedObjects.SoundDevice> device, uint run, ulong positionFrames)
    {
        if (!objects.TryResolve(device, out SoundDeviceRegistration _))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        return shadow.ReportPosition(run, positionFrames) ? CallResult.Ok : CallResult.Failure(CallStatus.BadParameter);
    }

    private CallResult<Handle<TrackedObjects.SoundDevice>> Register(IPlaybackStop? stop)
    {
        if (!objects.TakesRegistrations)
        {
            return CallResult<Handle<TrackedObjects.SoundDevice>>.Failure(CallStatus.NotSupported);
        }

        if (stop is null)
        {
            return CallResult<Handle<TrackedObjects.SoundDevice>>.Failure(CallStatus.BadParameter);
        }

        if (!shadow.Device.TryRegister(domainId, driver, stop, objects.Held<ITrackedMemory>(), out uint registration))
        {
            return CallResult<Handle<TrackedObjects.SoundDevice>>.Failure(CallStatus.Busy);
        }

        CallResult<Handle<TrackedObjects.SoundDevice>> added =
            objects.Add<TrackedObjects.SoundDevice>(new SoundDeviceRegistration(shadow, domainId, registration));
        if (!added.Succeeded)
        {
            shadow.Device.Halt(registration);
        }

        return added;
    }
}
