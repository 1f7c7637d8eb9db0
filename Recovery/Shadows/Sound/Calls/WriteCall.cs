using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Appends as many frames to a stream as there is room for.</summary>
internal ref struct WriteCall(SoundDeviceShadow shadow, SoundStream stream, ReadOnlySpan<byte> samples) : IWaitingCall
{
    private readonly ReadOnlySpan<byte> _samples = samples;

    public uint TakenFrames { get; private set; }

    public readonly WaitQueue Queue => stream.Waiters;

    public CallStatus? Try()
    {
        if (stream.IsClosed || !shadow.Device.IsKnown)
        {
            return stream.IsClosed ? CallStatus.BadHandle : CallStatus.NotFound;
        }

        stream.IsDraining = false;
        if (stream.Frames.Room == 0 && !_samples.IsEmpty)
        {
            return null;
        }

        TakenFrames = stream.Frames.Append(_samples);
        return CallStatus.Ok;
    }
}
