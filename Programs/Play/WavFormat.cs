namespace NooksOS.Programs.Play;

/// <summary>What is in a WAV file, and where.</summary>
/// <param name="FramesPerSecond">The sampling rate.</param>
/// <param name="Channels">One or two.</param>
/// <param name="BitsPerSample">8, which are unsigned, or 16, which are signed.</param>
/// <param name="OffsetBytes">Where the first frame is.</param>
/// <param name="LengthBytes">Length of all frames, which lie within the file.</param>
internal readonly record struct WavFormat(uint FramesPerSecond, uint Channels, uint BitsPerSample, ulong OffsetBytes, ulong LengthBytes)
{
    private const uint BitsPerByte = 8;

    /// <summary>Length of a frame.</summary>
    public uint FrameBytes => Channels * BitsPerSample / BitsPerByte;
}
