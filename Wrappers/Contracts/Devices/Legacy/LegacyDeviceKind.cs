namespace NooksOS.Contracts;

/// <summary>
/// Devices of the ISA bus, which cannot be listed: the kernel knows where each of them is and looks whether it is there. A driver
/// gets what belongs to its device and nothing else.
/// </summary>
public enum LegacyDeviceKind : uint
{
    /// <summary>Creative's Sound Blaster 16: ports 0x220 to 0x22F, line 5, DMA channels 1 (8 bits) and 5 (16 bits).</summary>
    SoundBlaster16 = 1,
}
