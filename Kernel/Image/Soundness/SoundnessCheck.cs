namespace NooksOS.Image.Soundness;

/// <summary>One thing that must hold of a sound kernel.</summary>
/// <param name="Name">What.</param>
/// <param name="Holds">Whether it does.</param>
/// <param name="Detail">What was found; empty if there is nothing to say.</param>
internal sealed record SoundnessCheck(string Name, bool Holds, string Detail);
