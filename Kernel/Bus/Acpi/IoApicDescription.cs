namespace NooksOS.Kernel.Bus.Acpi;

/// <summary>An I/O APIC that the firmware names.</summary>
/// <param name="Id">Its APIC ID.</param>
/// <param name="PhysicalAddress">Its registers.</param>
/// <param name="FirstLine">The global number of its first input.</param>
public readonly record struct IoApicDescription(byte Id, uint PhysicalAddress, uint FirstLine);
