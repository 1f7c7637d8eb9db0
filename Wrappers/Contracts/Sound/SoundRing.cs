namespace NooksOS.Contracts;

/// <summary>The ring of memory that a sound device plays from.</summary>
/// <param name="LengthFrames">How many frames it holds.</param>
/// <param name="PeriodFrames">After how many frames the driver tells how far the device is.</param>
public readonly record struct SoundRing(uint LengthFrames, uint PeriodFrames);
