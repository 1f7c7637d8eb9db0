using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A bounded queue of frames in the one format, each known by its number since the beginning. All of its memory is taken at the
/// start. The owner guards it.
/// </summary>
internal sealed class FrameBuffer(uint capacityFrames)
{
    private static readonly uint s_frameBytes = SoundFormat.Mix.FrameBytes;

    private readonly byte[] _storage = new byte[capacityFrames * s_frameBytes];

    /// <summary>Number of the oldest frame that is kept.</summary>
    public ulong First { get; private set; }

    /// <summary>Number of the frame that is appended next.</summary>
    public ulong End { get; private set; }

    /// <summary>Frames that are kept.</summary>
    public uint Count => (uint)(End - First);

    /// <summary>Frames that there is room for.</summary>
    public uint Room => capacityFrames - Count;

    /// <summary>Appends as many whole frames as there is room for. Returns how many.</summary>
    public uint Append(ReadOnlySpan<byte> samples)
    {
        uint frames = Math.Min((uint)samples.Length / s_frameBytes, Room);
        int first = FirstPart(End, frames);
        samples[..first].CopyTo(_storage.AsSpan(Offset(End)));
        samples[first..(int)(frames * s_frameBytes)].CopyTo(_storage);
        End += frames;
        return frames;
    }

    /// <summary>Copies frames from a number on, which must be kept. Returns how many fitted.</summary>
    public uint CopyFrom(ulong number, Span<byte> destination)
    {
        uint frames = Math.Min((uint)destination.Length / s_frameBytes, (uint)(End - number));
        int first = FirstPart(number, frames);
        _storage.AsSpan(Offset(number), first).CopyTo(destination);
        _storage.AsSpan(0, (int)(frames * s_frameBytes) - first).CopyTo(destination[first..]);
        return frames;
    }

    /// <summary>Forgets the frames before a number.</summary>
    public void DiscardBefore(ulong number) => First = Math.Clamp(number, First, End);

    private int Offset(ulong number) => (int)(number % capacityFrames * s_frameBytes);

    private int FirstPart(ulong number, uint frames) => Math.Min((int)(frames * s_frameBytes), _storage.Length - Offset(number));
}
