namespace NooksOS.Image.Measurement;

/// <summary>A part of a crossing.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Ticks">Time-stamp counts of one round trip that it takes.</param>
internal readonly record struct XpcPart(string Name, double Ticks);
