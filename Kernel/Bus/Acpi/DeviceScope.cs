using System.Collections.Generic;

namespace NooksOS.Kernel.Bus.Acpi;

/// <summary>Which device a structure of the DMA remapping table speaks of.</summary>
/// <param name="Kind">1 a PCI function, 2 a bridge with all that is behind it, 3 an I/O APIC, 4 an HPET; others are not looked at.</param>
/// <param name="StartBus">The bus that the path begins on.</param>
/// <param name="Path">Device and function of each bridge on the way, and at its end of the device itself.</param>
public sealed record DeviceScope(byte Kind, byte StartBus, IReadOnlyList<(byte Device, byte Function)> Path)
{
    /// <summary>A PCI function.</summary>
    public const byte Endpoint = 1;

    /// <summary>A bridge, and with it all that is behind it.</summary>
    public const byte Bridge = 2;
}
