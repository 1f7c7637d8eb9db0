namespace NooksOS.Kernel.Bus.Pci;

/// <summary>A range of addresses that a function answers.</summary>
/// <param name="Index">Number of its base address register.</param>
/// <param name="IsIo">Ports, or else memory.</param>
/// <param name="Address">First physical address or port.</param>
/// <param name="LengthBytes">Size, a power of two.</param>
/// <param name="IsPrefetchable">Whether reading has no side effects.</param>
public readonly record struct PciBar(int Index, bool IsIo, ulong Address, ulong LengthBytes, bool IsPrefetchable);
