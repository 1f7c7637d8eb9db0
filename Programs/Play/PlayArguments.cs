using System;
using System.Collections.Generic;
using System.Globalization;
using NooksOS.Contracts;

namespace NooksOS.Programs.Play;

/// <summary>What is to be played, and how loud.</summary>
internal sealed record PlayArguments
{
    private const uint LowestHertz = 1;
    private const uint HighestHertz = 20_000;
    private const uint DefaultSeconds = 1;
    private const uint MaximumSeconds = 3600;
    private const uint FullPercent = 100;

    /// <summary>The file; null for a tone.</summary>
    public string? File { get; private init; }

    /// <summary>Pitch of the tone.</summary>
    public uint Hertz { get; private init; }

    /// <summary>Length of the tone.</summary>
    public uint Seconds { get; private init; } = DefaultSeconds;

    /// <summary>Volume of the stream.</summary>
    public uint Volume { get; private init; } = SoundLimits.FullVolume;

    /// <summary>Reads the words after the program's name.</summary>
    /// <exception cref="ProgramFailureException">They make no sense.</exception>
    public static PlayArguments Parse(IReadOnlyList<string> words)
    {
        PlayArguments arguments = new();
        for (int index = 0; index < words.Count; index++)
        {
            switch (words[index])
            {
                case "--tone":
                    arguments = arguments with { Hertz = Number(words, ++index, LowestHertz, HighestHertz) };
                    break;
                case "--seconds":
                    arguments = arguments with { Seconds = Number(words, ++index, 1, MaximumSeconds) };
                    break;
                case "--volume":
                    arguments = arguments with
                    {
                        Volume = Number(words, ++index, 0, FullPercent) * SoundLimits.FullVolume / FullPercent,
                    };
                    break;
                case string word when word.StartsWith("--", StringComparison.Ordinal) || arguments.File is not null:
                    throw Usage($"'{word}' is not understood");
                default:
                    arguments = arguments with { File = words[index] };
                    break;
            }
        }

        return (arguments.File is null) == (arguments.Hertz == 0)
            ? throw Usage("either a file or a tone is played")
            : arguments;
    }

    private static uint Number(IReadOnlyList<string> words, int index, uint minimum, uint maximum)
        => index < words.Count
            && uint.TryParse(words[index], NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            && number >= minimum && number <= maximum
            ? number
            : throw Usage($"{words[index - 1]} needs a whole number from {minimum} to {maximum}");

    private static ProgramFailureException Usage(string problem)
    {
        const int UsageStatus = 2;
        return new ProgramFailureException(
            $"{problem}\nusage: play FILE.wav [--volume PERCENT] or play --tone HZ [--seconds S] [--volume PERCENT]", UsageStatus);
    }
}
