using System;

namespace NooksOS.Contracts;

/// <summary>
/// Sound, as whoever plays something uses it. Streams are in <see cref="SoundFormat.Mix"/>, and are mixed with each other. They
/// outlive the driver: its death is a moment of silence.
/// </summary>
[Contract(32, CallDirection.ExtensionToKernel)]
public interface ISoundServices
{
    /// <summary>Opens a stream at full volume. Fails with <see cref="CallStatus.NotFound"/> if there is no sound device.</summary>
    CallResult<Handle<TrackedObjects.SoundStream>> OpenStream();

    /// <summary>
    /// Appends whole frames; waits until there is room for at least one. Returns how many were taken. Fails with
    /// <see cref="CallStatus.NotFound"/> when the device is gone for good.
    /// </summary>
    CallResult<uint> Write(
        Handle<TrackedObjects.SoundStream> stream, [MaximumLength(SoundLimits.CallBytes)] ReadOnlySpan<byte> samples);

    /// <summary>Sets the volume of the stream, from zero to <see cref="SoundLimits.FullVolume"/>, for what is not mixed yet.</summary>
    CallResult SetVolume(Handle<TrackedObjects.SoundStream> stream, uint volume);

    /// <summary>Waits until the last frame was played.</summary>
    CallResult Drain(Handle<TrackedObjects.SoundStream> stream);

    /// <summary>Says how many frames of the stream were played.</summary>
    CallResult<ulong> GetPosition(Handle<TrackedObjects.SoundStream> stream);

    /// <summary>Closes the stream. What is mixed already is played, the rest is dropped.</summary>
    CallResult CloseStream(Handle<TrackedObjects.SoundStream> stream);
}
