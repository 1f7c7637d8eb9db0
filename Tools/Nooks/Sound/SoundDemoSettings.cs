using System;

namespace NooksOS.Tool.Sound;

/// <summary>What the sound demonstration does.</summary>
/// <param name="Duration">Length of the track.</param>
/// <param name="CrashInterval">How often the driver is crashed; null for never.</param>
/// <param name="Seed">What the track follows from.</param>
/// <param name="LongestSilence">The longest time that the card may stand still for a crash; null for any.</param>
public sealed record SoundDemoSettings(TimeSpan Duration, TimeSpan? CrashInterval, int Seed, TimeSpan? LongestSilence = null);
