namespace NooksOS.Contracts;

/// <summary>What a PCI function is (PCI Local Bus 3.0 §6.2.1).</summary>
public readonly record struct PciIdentity(ushort Vendor, ushort Device);
