using System;
using System.Collections.Generic;

namespace NooksOS.Tool.Sound;

/// <summary>A recording held against what was played.</summary>
/// <param name="EqualFrames">Frames of the track that were found, one after the other, with nothing but silence between them.</param>
/// <param name="SilentFrames">How long each silence in the track was.</param>
/// <param name="Difference">What came instead of the next frame; null if nothing did.</param>
public sealed record SoundComparison(int EqualFrames, IReadOnlyList<int> SilentFrames, string? Difference)
{
    private const int FrameBytes = 4;

    // So many frames in a row are found in one place of a track at most.
    private const int PhraseFrames = 8;

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
                return new SoundComparison(equal, silences, Describe(track, recorded[offset..], equal, silent));
            }
            else
            {
                silent++;
            }
        }

        return new SoundComparison(equal, silences, equal * FrameBytes == track.Length ? null : $"nothing came after frame {equal}");
    }

    private static string Describe(ReadOnlySpan<byte> track, ReadOnlySpan<byte> heard, int expected, int silentBefore)
    {
        ReadOnlySpan<byte> phrase = heard[..Math.Min(PhraseFrames * FrameBytes, heard.Length)];
        int place = track.IndexOf(phrase);
        string what = place < 0 || place % FrameBytes != 0 ? "something that is not of the track" : $"frame {place / FrameBytes}";
        return $"{what} came for frame {expected}, after {silentBefore} silent ones";
    }
}
