using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Adds streams up, each at its volume. At full volume, one stream alone comes out as it went in, bit for bit; sums that do not
/// fit are cut off at the largest value, since one that wrapped around would be heard as a crack.
/// </summary>
internal sealed class Mixer(int capacityFrames)
{
    private const int VolumeBits = 16;
    private const int Half = 1 << (VolumeBits - 1);

    private readonly int[] _sums = new int[capacityFrames * SoundFormat.Mix.Channels];
    private readonly byte[] _mixed = new byte[capacityFrames * SoundFormat.Mix.FrameBytes];

    /// <summary>Frames of a round at most.</summary>
    public int CapacityFrames => capacityFrames;

    /// <summary>Begins a round.</summary>
    public void Clear() => Array.Clear(_sums);

    /// <summary>Adds frames at a volume, from the first frame of the round on.</summary>
    public void Add(ReadOnlySpan<byte> frames, uint volume)
    {
        for (int index = 0; index < frames.Length / sizeof(short); index++)
        {
            _sums[index] += Scale(BinaryPrimitives.ReadInt16LittleEndian(frames[(index * sizeof(short))..]), volume);
        }
    }

    /// <summary>Ends a round of so many frames.</summary>
    public ReadOnlySpan<byte> Finish(int frames, uint masterVolume)
    {
        int samples = frames * (int)SoundFormat.Mix.Channels;
        for (int index = 0; index < samples; index++)
        {
            short sample = (short)Math.Clamp(Scale(_sums[index], masterVolume), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(_mixed.AsSpan(index * sizeof(short)), sample);
        }

        return _mixed.AsSpan(0, samples * sizeof(short));
    }

    // Many streams can add up to more than 32 bits hold once they are scaled.
    private static int Scale(int sample, uint volume)
        => volume == SoundLimits.FullVolume ? sample : (int)((((long)sample * volume) + Half) >> VolumeBits);
}
