using System;

namespace NooksOS.Contracts;

/// <summary>
/// What a sound driver offers. Order of use: <see cref="Open"/>, then <see cref="Submit"/>, <see cref="Start"/>, more of
/// <see cref="Submit"/> while it plays, <see cref="Stop"/>; then from <see cref="Open"/> on again.
/// Positions count the frames that the device has taken since it was started, silence included: where it finds no sample, it
/// plays silence and goes on counting.
/// </summary>
[Contract(30, CallDirection.KernelToExtension)]
public interface ISoundDevice
{
    /// <summary>
    /// Brings the device up, at rest and with nothing to play. If the driver has one DMA buffer of just the length of the ring, that is the
    /// ring, and the kernel looks in it for what it has submitted.
    /// </summary>
    [Idempotent]
    CallResult<SoundRing> Open(SoundFormat format);

    /// <summary>
    /// Appends whole frames to what is to be played. Returns how many were taken: the rest did not fit the ring. None are taken
    /// when the device has come so near to the last frame that the next one might be late; it must be stopped and started again.
    /// </summary>
    CallResult<uint> Submit([MaximumLength(SoundLimits.CallBytes)] ReadOnlySpan<byte> samples);

    /// <summary>
    /// Lets the device play what was submitted, from the first frame on. The number of the run belongs to every report of it.
    /// </summary>
    CallResult Start(uint run);

    /// <summary>
    /// Stops the device at once. Returns how many frames it took, of which those after the last submitted one were silence. Its
    /// position stays to be read until the next <see cref="Open"/>.
    /// </summary>
    CallResult<ulong> Stop();

    /// <summary>Reads how many frames the device has taken since it was started.</summary>
    CallResult<ulong> GetPosition();

    /// <summary>Sets the volume of the device's output stage, from zero to <see cref="SoundLimits.FullVolume"/>.</summary>
    [Idempotent]
    CallResult SetVolume(uint volume);

    /// <summary>Puts the device to rest.</summary>
    CallResult Close();
}
