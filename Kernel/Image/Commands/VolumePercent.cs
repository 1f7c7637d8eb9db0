using NooksOS.Contracts;

namespace NooksOS.Image.Commands;

/// <summary>Volumes as people give them.</summary>
internal static class VolumePercent
{
    /// <summary>Full volume.</summary>
    public const uint Maximum = 100;

    /// <summary>The nearest percentage of a volume.</summary>
    public static uint Of(uint volume) => ((volume * Maximum) + (SoundLimits.FullVolume / 2)) / SoundLimits.FullVolume;

    /// <summary>The volume of a percentage.</summary>
    public static uint ToVolume(uint percent) => percent * SoundLimits.FullVolume / Maximum;
}
