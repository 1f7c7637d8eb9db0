namespace NooksOS.Contracts;

/// <summary>Bounds-checked access to device registers. Offsets are in bytes from the start of the window.</summary>
public abstract class RegisterWindow
{
    /// <summary>Length of the window.</summary>
    public abstract uint LengthBytes { get; }

    /// <summary>Reads an 8-bit register. Throws if the offset is outside the window.</summary>
    public abstract byte Read8(uint offsetBytes);

    /// <summary>Reads a 16-bit register. Throws if the offset is outside the window or not a multiple of two.</summary>
    public abstract ushort Read16(uint offsetBytes);

    /// <summary>Reads a 32-bit register. Throws if the offset is outside the window or not a multiple of four.</summary>
    public abstract uint Read32(uint offsetBytes);

    /// <summary>Writes an 8-bit register. Throws if the offset is outside the window.</summary>
    public abstract void Write8(uint offsetBytes, byte value);

    /// <summary>Writes a 16-bit register. Throws if the offset is outside the window or not a multiple of two.</summary>
    public abstract void Write16(uint offsetBytes, ushort value);

    /// <summary>Writes a 32-bit register. Throws if the offset is outside the window or not a multiple of four.</summary>
    public abstract void Write32(uint offsetBytes, uint value);
}
