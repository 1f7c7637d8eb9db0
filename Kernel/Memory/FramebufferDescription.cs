namespace NooksOS.Kernel.Memory;

/// <summary>The screen as the boot loader left it.</summary>
/// <param name="PhysicalAddress">First byte.</param>
/// <param name="PitchBytes">From one line to the next.</param>
/// <param name="Width">Pixels, or characters in text mode.</param>
/// <param name="Height">Lines.</param>
/// <param name="BitsPerPixel">Size of a pixel.</param>
/// <param name="Kind">How a pixel is coded.</param>
/// <param name="RedShift">Lowest bit of red, for direct colour.</param>
/// <param name="GreenShift">Lowest bit of green.</param>
/// <param name="BlueShift">Lowest bit of blue.</param>
public readonly record struct FramebufferDescription(
    ulong PhysicalAddress,
    uint PitchBytes,
    uint Width,
    uint Height,
    byte BitsPerPixel,
    FramebufferKind Kind,
    byte RedShift,
    byte GreenShift,
    byte BlueShift)
{
    /// <summary>Bytes from the first to the last line.</summary>
    public ulong LengthBytes => (ulong)PitchBytes * Height;
}
