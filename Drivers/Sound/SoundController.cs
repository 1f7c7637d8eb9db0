using NooksOS.Contracts;

namespace NooksOS.Drivers.Sound;

/// <summary>
/// What the driver of a family of sound devices adds to the shared part: how its device is brought up, started, stopped and asked.
/// Nothing that it reads is trusted.
/// </summary>
public abstract class SoundController
{
    /// <summary>The ring that the device plays from.</summary>
    public abstract PlaybackRing Ring { get; }

    /// <summary>
    /// Stops the device from any state that a predecessor may have left it in, and silences its interrupt. False if there is no
    /// device that answers. What a predecessor has given it and it has taken is still played.
    /// </summary>
    public abstract bool TryReset();

    /// <summary>Registers the device with the kernel, with the way to stop it when this driver is dead.</summary>
    public abstract CallResult<Handle<TrackedObjects.SoundDevice>> Register(ISoundDeviceHost host);

    /// <summary>Programs format and output stage, and sets the position to the start of the ring. The device stands still.</summary>
    public abstract void Configure();

    /// <summary>Lets the device play the ring from its start.</summary>
    public abstract void Start();

    /// <summary>Stops the device. The position stays to be read.</summary>
    public abstract void Stop();

    /// <summary>Reads how far the device is, in frames from the start of the ring; less than its length.</summary>
    public abstract uint ReadOffsetFrames();

    /// <summary>Makes the device deassert its line. False if it had not asserted it.</summary>
    public abstract bool TakeInterrupt();

    /// <summary>Sets the volume of the output stage, up to <see cref="SoundLimits.FullVolume"/>.</summary>
    public abstract void SetVolume(uint volume);
}
