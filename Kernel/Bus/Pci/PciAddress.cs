namespace NooksOS.Kernel.Bus.Pci;

/// <summary>Where a PCI function is: bus, device on the bus, function of the device.</summary>
public readonly record struct PciAddress(byte Bus, byte Device, byte Function)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Bus:x2}:{Device:x2}.{Function}";
}
