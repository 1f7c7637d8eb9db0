using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What is in the ring of a sound device, held against what its driver was given to put there.</summary>
internal static class RingContent
{
    private const int PieceFrames = 256;

    /// <summary>Finds the last frame of a run that is not what was given; null if all are.</summary>
    /// <param name="ring">The memory of the ring, whose start is where the device began.</param>
    /// <param name="given">The mixed frames.</param>
    /// <param name="run">Which of them the driver has taken.</param>
    /// <param name="first">The first frame of the run to look at, which must be kept.</param>
    public static ulong? FindLastDifference(ReadOnlySpan<byte> ring, FrameBuffer given, PlaybackRun run, ulong first)
    {
        Span<byte> piece = stackalloc byte[PieceFrames * (int)SoundFormat.Mix.FrameBytes];
        ulong? last = null;
        for (ulong frame = first; frame < run.Submitted;)
        {
            int offset = (int)(frame * SoundFormat.Mix.FrameBytes % (uint)ring.Length);
            int room = Math.Min(ring.Length - offset, (int)Math.Min(PieceFrames, run.Submitted - frame) * (int)SoundFormat.Mix.FrameBytes);
            uint frames = given.CopyFrom(run.First + frame, piece[..room]);
            int equal = LastDifference(piece[..(int)(frames * SoundFormat.Mix.FrameBytes)], ring[offset..]);
            last = equal < 0 ? last : frame + ((uint)equal / SoundFormat.Mix.FrameBytes);
            frame += frames;
        }

        return last;
    }

    // Nearly always there is none.
    private static int LastDifference(ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> there)
    {
        if (there.StartsWith(wanted))
        {
            return -1;
        }

        int index = wanted.Length - 1;
        while (index >= 0 && wanted[index] == there[index])
        {
            index--;
        }

        return index;
    }
}
