namespace NooksOS.Kernel.Memory;

/// <summary>One entry of the memory map.</summary>
public readonly record struct MemoryRegion(PhysicalRange Range, MemoryRegionKind Kind);
