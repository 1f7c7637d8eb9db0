using System;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>Sound for one instance that plays something. A bad handle or parameter is only refused here, as for drivers.</summary>
/// <param name="shadow">The shadow of the device.</param>
/// <param name="owner">Whose streams they are, for the <c>sound</c> command.</param>
/// <param name="objects">What the instance holds.</param>
public sealed class SoundServices(SoundDeviceShadow shadow, string owner, HandleTable objects) : ISoundServices
{
    private const long WaitForEver = -1;

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.SoundStream>> OpenStream()
    {
        if (shadow.TryOpen(owner) is not { } stream)
        {
            return CallResult<Handle<TrackedObjects.SoundStream>>.Failure(CallStatus.NotFound);
        }

        CallResult<Handle<TrackedObjects.SoundStream>> added = objects.Add<TrackedObjects.SoundStream>(stream);
        if (!added.Succeeded)
        {
            shadow.Close(stream);
        }

        return added;
    }

    /// <inheritdoc/>
    public CallResult<uint> Write(Handle<TrackedObjects.SoundStream> stream, ReadOnlySpan<byte> samples)
    {
        if (!objects.TryResolve(stream, out SoundStream held))
        {
            return CallResult<uint>.Failure(CallStatus.BadHandle);
        }

        if (samples.Length % SoundFormat.Mix.FrameBytes != 0)
        {
            return CallResult<uint>.Failure(CallStatus.BadParameter);
        }

        WriteCall call = new(shadow, held, samples);
        CallStatus status = shadow.Calls.Run(ref call, WaitForEver);
        shadow.Kick();
        return status == CallStatus.Ok ? CallResult<uint>.Ok(call.TakenFrames) : CallResult<uint>.Failure(status);
    }

    /// <inheritdoc/>
    public CallResult SetVolume(Handle<TrackedObjects.SoundStream> stream, uint volume)
    {
        if (!objects.TryResolve(stream, out SoundStream held))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        if (volume > SoundLimits.FullVolume)
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        shadow.SetVolume(held, volume);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Drain(Handle<TrackedObjects.SoundStream> stream)
    {
        if (!objects.TryResolve(stream, out SoundStream held))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        DrainCall call = new(shadow, held);
        CallStatus status = shadow.Calls.Run(ref call, WaitForEver);
        return status == CallStatus.Ok ? CallResult.Ok : CallResult.Failure(status);
    }

    /// <inheritdoc/>
    public CallResult<ulong> GetPosition(Handle<TrackedObjects.SoundStream> stream)
        => objects.TryResolve(stream, out SoundStream held)
            ? CallResult<ulong>.Ok(shadow.GetPosition(held))
            : CallResult<ulong>.Failure(CallStatus.BadHandle);

    /// <inheritdoc/>
    public CallResult CloseStream(Handle<TrackedObjects.SoundStream> stream)
    {
        if (!objects.TryResolve(stream, out SoundStream held))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        return CallResult.Failure(objects.Release(held.Slot, held.Generation));
    }
}
