namespace NooksOS.Recovery.Shadows;

/// <summary>Frames and their length.</summary>
/// <param name="Frames">How many.</param>
/// <param name="Bytes">All of them together.</param>
internal readonly record struct FrameCount(ulong Frames, ulong Bytes)
{
    /// <summary>Both together.</summary>
    public static FrameCount operator +(FrameCount left, FrameCount right) => new(left.Frames + right.Frames, left.Bytes + right.Bytes);

    /// <summary>What came since.</summary>
    public static FrameCount operator -(FrameCount left, FrameCount right) => new(left.Frames - right.Frames, left.Bytes - right.Bytes);
}
