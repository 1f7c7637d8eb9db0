using NooksOS.Contracts;
using NooksOS.Drivers.Sound;

namespace NooksOS.Drivers.Es1371;

/// <summary>The chip as the shared part of sound drivers sees it: its registers joined with the ring.</summary>
internal sealed class AudioPciController(IDeviceResources device, AudioPciHardware hardware, PlaybackRing ring) : SoundController
{
    /// <inheritdoc/>
    public override PlaybackRing Ring => ring;

    /// <inheritdoc/>
    public override bool TryReset() => hardware.TryReset();

    /// <inheritdoc/>
    public override CallResult<Handle<TrackedObjects.SoundDevice>> Register(ISoundDeviceHost host)
        => host.RegisterStoppedByPorts(hardware.Ports, AudioPciHardware.Stopping);

    /// <inheritdoc/>
    public override void Configure()
    {
        hardware.Configure(ring.DeviceAddress);

        // Only now does the chip know no memory but ours.
        device.SetBusMaster(true);
    }

    /// <inheritdoc/>
    public override void Start() => hardware.Start();

    /// <inheritdoc/>
    public override void Stop() => hardware.Stop();

    /// <inheritdoc/>
    public override uint ReadOffsetFrames() => hardware.ReadOffsetFrames();

    /// <inheritdoc/>
    public override bool TakeInterrupt() => hardware.TakeInterrupt();

    /// <inheritdoc/>
    public override void SetVolume(uint volume) => hardware.SetVolume(volume);
}
