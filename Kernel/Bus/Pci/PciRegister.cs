namespace NooksOS.Kernel.Bus.Pci;

/// <summary>Byte offsets in configuration space (PCI Local Bus 3.0 §6.1), of the word that holds the field.</summary>
internal enum PciRegister : byte
{
    /// <summary>Vendor ID, device ID.</summary>
    Identity = 0x00,

    /// <summary>Command, status.</summary>
    Command = 0x04,

    /// <summary>Revision, programming interface, subclass, class.</summary>
    Class = 0x08,

    /// <summary>Cache line, latency, header type, self test.</summary>
    HeaderType = 0x0C,

    /// <summary>The first base address register.</summary>
    FirstBar = 0x10,

    /// <summary>Primary, secondary and subordinate bus of a bridge.</summary>
    BridgeBuses = 0x18,

    /// <summary>Subsystem vendor and device.</summary>
    Subsystem = 0x2C,

    /// <summary>Offset of the first capability.</summary>
    Capabilities = 0x34,

    /// <summary>Interrupt line, interrupt pin.</summary>
    Interrupt = 0x3C,
}
