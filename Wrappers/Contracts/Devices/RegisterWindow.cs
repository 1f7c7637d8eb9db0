namespace NooksOS.Contracts;

/// <summary>Bounds-checked access to device registers. Offsets are in bytes from the start of the window.</summary>
public abstract class RegisterWindow
{
    /// <summary>Length of the window.</summary>
    public abstract uint LengthBytes { get; }

    /// <summary>Reads a 32-bit register. Throws if the offset is outside the window or not a multiple of four.</summary>
    public abstract uint Read32(uint offsetBytes);

    /// <summary>Writes a 32-bit register. Throws if the offset is outside the window or not a multiple of four.</summary>
    public abstract void Write32(uint offsetBytes, uint value);
}
