namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>The registers of one unit.</summary>
public interface IRemappingRegisters
{
    /// <summary>How many bytes of registers there are.</summary>
    uint LengthBytes { get; }

    /// <summary>Reads 32 bits.</summary>
    uint Read32(uint offsetBytes);

    /// <summary>Writes 32 bits.</summary>
    void Write32(uint offsetBytes, uint value);

    /// <summary>Reads 64 bits.</summary>
    ulong Read64(uint offsetBytes);

    /// <summary>Writes 64 bits.</summary>
    void Write64(uint offsetBytes, ulong value);

    /// <summary>Waits a moment before the next look.</summary>
    void Pause();
}
