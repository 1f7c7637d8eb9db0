using System;
using System.Collections.Generic;

namespace NooksOS.Tool.Sound;

/// <summary>A recording held against what was played.</summary>
/// <param name="EqualFrames">Frames of the track that were found, one after the other, with nothing but silence between them.</param>
/// <param name="SilentFrames">How long each silence in the track was.</param>
public sealed record SoundComparison(int EqualFrames, IReadOnlyList<int> SilentFrames)
{
    private const int FrameBytes = 4;

    /// <summary>Compares from the first frame that is heard on. What comes after the track is of no interest.</summary>
    public static SoundComparison Of(ReadOnlySpan<byte> track, ReadOnlySpan<byte> recorded)
    {
        List<int> silences = [];
        int equal = 0;
        int silent = 0;
        for (int offset = 0; offset + FrameBytes <= recorded.Length && equal * FrameBytes < track.Length; offset += FrameBytes)
        {
            ReadOnlySpan<byte> frame = recorded.Slice(offset, FrameBytes);
            if (frame.SequenceEqual(track.Slice(equal * FrameBytes, FrameBytes)))
            {
                if (silent != 0 && equal != 0)
                {
                    silences.Add(silent);
                }

                silent = 0;
                equal++;
            }
            else if (frame.ContainsAnyExcept((byte)0))
            {
                break;
            }
            else
            {
                silent++;
            }
        }

        return new SoundComparison(equal, silences);
    }
}
