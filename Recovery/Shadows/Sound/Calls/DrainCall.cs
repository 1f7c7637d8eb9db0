using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Waits until the last frame of a stream was played.</summary>
internal struct DrainCall(SoundDeviceShadow shadow, SoundStream stream) : IWaitingCall
{
    public readonly WaitQueue Queue => stream.Waiters;

    public readonly CallStatus? Try()
    {
        if (stream.IsClosed || !shadow.Device.IsKnown)
        {
            return stream.IsClosed ? CallStatus.BadHandle : CallStatus.NotFound;
        }

        if (shadow.IsPlayed(stream))
        {
            return CallStatus.Ok;
        }

        if (!stream.IsDraining)
        {
            stream.IsDraining = true;
            shadow.Kick();
        }

        return null;
    }
}
