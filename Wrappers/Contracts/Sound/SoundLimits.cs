namespace NooksOS.Contracts;

/// <summary>Bounds of the sound contracts.</summary>
public static class SoundLimits
{
    /// <summary>The most bytes of samples that one call carries.</summary>
    public const int CallBytes = 16 * 1024;

    /// <summary>The volume at which samples pass unchanged. Nothing is amplified.</summary>
    public const uint FullVolume = 1 << 16;

    /// <summary>The longest ring that the kernel keeps a copy of.</summary>
    public const uint RingFrames = 1 << 15;
}
