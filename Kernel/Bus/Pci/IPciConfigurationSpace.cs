namespace NooksOS.Kernel.Bus.Pci;

/// <summary>Configuration space of all functions. Offsets are multiples of four below 256.</summary>
public interface IPciConfigurationSpace
{
    /// <summary>Reads a word; all ones if there is no such function.</summary>
    uint Read(PciAddress address, byte offsetBytes);

    /// <summary>Writes a word.</summary>
    void Write(PciAddress address, byte offsetBytes, uint value);
}
