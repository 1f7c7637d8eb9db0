using System.Collections.Generic;

namespace NooksOS.Kernel.Bus.Acpi;

/// <summary>A DMA remapping unit that the firmware names.</summary>
/// <param name="RegisterAddress">Physical address of its registers, at the beginning of a page.</param>
/// <param name="Segment">The PCI segment whose devices it is for.</param>
/// <param name="IncludesAll">Whether it is for every device of the segment that no other unit names.</param>
/// <param name="Scopes">The devices that it names.</param>
public sealed record RemappingUnitDescription(
    ulong RegisterAddress, ushort Segment, bool IncludesAll, IReadOnlyList<DeviceScope> Scopes);
