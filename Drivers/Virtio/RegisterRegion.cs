using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Virtio;

/// <summary>
/// A part of a BAR, where a capability says that a structure is. Made only if the part lies in the BAR; the window itself refuses
/// every access outside of the BAR, so a structure that overlaps another one can only confuse the device that says so.
/// </summary>
public sealed class RegisterRegion
{
    private readonly RegisterWindow _window;
    private readonly uint _offsetBytes;

    private RegisterRegion(RegisterWindow window, uint offsetBytes, uint lengthBytes)
    {
        _window = window;
        _offsetBytes = offsetBytes;
        LengthBytes = lengthBytes;
    }

    /// <summary>Length of the structure.</summary>
    public uint LengthBytes { get; }

    /// <summary>Null if the part does not lie in the window, is too short, or does not begin at a multiple of the alignment.</summary>
    internal static RegisterRegion? TryMake(
        RegisterWindow window, in VirtioCapability capability, uint minimumBytes, uint alignmentBytes)
    {
        bool isPossible = capability.LengthBytes >= minimumBytes
            && capability.LengthBytes <= window.LengthBytes
            && capability.OffsetBytes <= window.LengthBytes - capability.LengthBytes
            && capability.OffsetBytes % alignmentBytes == 0;
        return isPossible ? new RegisterRegion(window, capability.OffsetBytes, capability.LengthBytes) : null;
    }

    /// <summary>Reads 8 bits.</summary>
    public byte Read8(uint offsetBytes) => _window.Read8(Locate(offsetBytes, sizeof(byte)));

    /// <summary>Reads 16 bits.</summary>
    public ushort Read16(uint offsetBytes) => _window.Read16(Locate(offsetBytes, sizeof(ushort)));

    /// <summary>Reads 32 bits.</summary>
    public uint Read32(uint offsetBytes) => _window.Read32(Locate(offsetBytes, sizeof(uint)));

    /// <summary>Writes 8 bits.</summary>
    public void Write8(uint offsetBytes, byte value) => _window.Write8(Locate(offsetBytes, sizeof(byte)), value);

    /// <summary>Writes 16 bits.</summary>
    public void Write16(uint offsetBytes, ushort value) => _window.Write16(Locate(offsetBytes, sizeof(ushort)), value);

    /// <summary>Writes 32 bits.</summary>
    public void Write32(uint offsetBytes, uint value) => _window.Write32(Locate(offsetBytes, sizeof(uint)), value);

    private uint Locate(uint offsetBytes, uint widthBytes)
    {
        if (offsetBytes > LengthBytes - widthBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(offsetBytes));
        }

        return _offsetBytes + offsetBytes;
    }
}
