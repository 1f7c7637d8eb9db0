using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Sound;

/// <summary>Volumes as codecs want them: in steps of attenuation.</summary>
public static class Attenuation
{
    private const double DecibelsPerFactorTen = 20;

    /// <summary>How many steps of a size bring full volume down to this one; the last step for silence.</summary>
    public static uint Steps(uint volume, double stepDecibels, uint lastStep)
    {
        if (volume == 0)
        {
            return lastStep;
        }

        double decibels = DecibelsPerFactorTen * Math.Log10(SoundLimits.FullVolume / (double)volume);
        return Math.Min((uint)Math.Round(decibels / stepDecibels), lastStep);
    }
}
