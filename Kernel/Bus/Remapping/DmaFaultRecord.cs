using NooksOS.Kernel.Bus.Pci;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>A fault record of a unit, 16 bytes; Intel VT-d specification, section "Fault Recording Registers".</summary>
/// <param name="Low">Bits 63:12: the page that was wanted.</param>
/// <param name="High">
/// Bits 15:0: the source. Bits 39:32: the reason. Bit 62: it wanted to read. Bit 63: there is a record; writing a one clears it.
/// </param>
public readonly record struct DmaFaultRecord(ulong Low, ulong High)
{
    private const ulong PageMask = 0xFFF;
    private const ulong Read = 1UL << 62;

    /// <summary>What is written to the upper half to clear a record.</summary>
    public const ulong Valid = 1UL << 63;

    /// <summary>Whether there is one.</summary>
    public bool IsValid => (High & Valid) != 0;

    /// <summary>The first address of the page that was wanted.</summary>
    public ulong PageAddress => Low & ~PageMask;

    /// <summary>Whose access it was.</summary>
    public ushort Source => (ushort)High;

    /// <summary>The same as an address.</summary>
    public PciAddress SourceAddress => new((byte)(Source >> 8), (byte)(Source >> 3 & 31), (byte)(Source & 7));

    /// <summary>Why it was blocked, as the specification numbers it.</summary>
    public byte Reason => (byte)(High >> 32);

    /// <summary>Whether it wanted to read, not to write.</summary>
    public bool IsRead => (High & Read) != 0;
}
