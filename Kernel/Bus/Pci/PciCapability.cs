namespace NooksOS.Kernel.Bus.Pci;

/// <summary>An entry of a function's list of capabilities.</summary>
/// <param name="Id">What it is (PCI Local Bus 3.0 appendix H).</param>
/// <param name="OffsetBytes">Where it lies in configuration space.</param>
public readonly record struct PciCapability(byte Id, byte OffsetBytes);
