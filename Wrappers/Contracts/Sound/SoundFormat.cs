namespace NooksOS.Contracts;

/// <summary>How samples are laid out: linear, little-endian, signed from 16 bits on, the channels of a frame next to each other.</summary>
/// <param name="FramesPerSecond">The sampling rate.</param>
/// <param name="Channels">Samples of a frame.</param>
/// <param name="BitsPerSample">Width of a sample.</param>
public readonly record struct SoundFormat(uint FramesPerSecond, uint Channels, uint BitsPerSample)
{
    private const uint BitsPerByte = 8;

    /// <summary>What the kernel mixes in, and every driver must be able to play: two channels of 16 bits, as on a compact disc.</summary>
    public static SoundFormat Mix => new(44_100, 2, 16);

    /// <summary>Length of a frame.</summary>
    public uint FrameBytes => Channels * BitsPerSample / BitsPerByte;
}
