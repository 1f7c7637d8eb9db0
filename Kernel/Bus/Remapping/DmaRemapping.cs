using System.Collections.Generic;
using NooksOS.Kernel.Bus.Acpi;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>The remapping units of the machine, if it has any: all of them are in force, or none.</summary>
public static unsafe class DmaRemapping
{
    // Registers of a unit take a page; where its fault records are, it says itself.
    private const uint RegisterBytes = AddressLayout.PageBytes;
    private const ulong FaultKey = 0xD3A_FA17;

    private static readonly List<(RemappingUnitDescription Description, RemappingUnit Unit)> s_units = [];
    private static int s_events;

    /// <summary>What the firmware says of units; null if it names none.</summary>
    internal static RemappingTopology? Topology { get; set; }

    /// <summary>Whether devices reach only what they were given.</summary>
    public static bool IsEnabled { get; private set; }

    /// <summary>How many levels tables of devices have.</summary>
    public static int Levels { get; private set; }

    /// <summary>Where tables of devices come from.</summary>
    public static ITableMemory Memory { get; private set; } = new TableFrames(isCoherent: false);

    /// <summary>One line that says whether devices are kept from memory, and if not, why.</summary>
    public static string State { get; private set; } = "DMA is not fenced: nobody has asked for it";

    /// <summary>Keeps all devices from memory, if the machine can. <see cref="State"/> says what became of it.</summary>
    /// <param name="isWanted">Whether it is to.</param>
    /// <param name="leastDomains">How many domains have to be told apart.</param>
    public static void Enable(bool isWanted, int leastDomains)
    {
        State = TryEnable(isWanted, leastDomains);
        if (!IsEnabled)
        {
            foreach ((_, RemappingUnit unit) in s_units)
            {
                unit.Disable();
            }

            s_units.Clear();
        }
    }

    /// <summary>The unit that a device's accesses pass; null if none does.</summary>
    public static RemappingUnit? FindUnit(PciDevice device)
    {
        RemappingUnit? rest = null;
        foreach ((RemappingUnitDescription description, RemappingUnit unit) in s_units)
        {
            // Configuration space is read by ports, which reach the first segment only.
            if (description.Segment != 0)
            {
                continue;
            }

            if (DeviceScopes.Name(description.Scopes, device.Address, Hardware.PciDevices))
            {
                return unit;
            }

            rest = description.IncludesAll ? unit : rest;
        }

        return rest;
    }

    /// <summary>Whether a device reaches only what it was given.</summary>
    public static bool IsFenced(PciDevice device) => IsEnabled && FindUnit(device) is not null;

    /// <summary>What a device reaches, in a word: it is open (everything), fenced, or blocked (nothing).</summary>
    public static string Describe(PciDevice device)
    {
        RemappingUnit? unit = IsEnabled ? FindUnit(device) : null;
        return unit is null || unit.IsPast(device.Address) ? "open" : unit.IsAttached(device.Address) ? "fenced" : "blocked";
    }

    /// <summary>Hears no more of what a device is kept from, which nobody has.</summary>
    public static void Mute(PciAddress source)
    {
        foreach ((_, RemappingUnit unit) in s_units)
        {
            unit.TryMute(source);
        }
    }

    /// <summary>Takes the next record of a blocked access from any unit. False if there is none.</summary>
    public static bool TryTakeFault(out DmaFaultRecord record)
    {
        foreach ((_, RemappingUnit unit) in s_units)
        {
            if (unit.TryTakeFault(out record))
            {
                return true;
            }
        }

        record = default;
        return false;
    }

    /// <summary>How often a unit had no room for a record.</summary>
    public static ulong CountOverflows()
    {
        ulong count = 0;
        foreach ((_, RemappingUnit unit) in s_units)
        {
            count += unit.Overflows;
        }

        return count;
    }

    /// <summary>Waits until a unit has told of a blocked access since the count that was seen last. Returns the new count.</summary>
    public static int WaitForFault(int seen)
    {
        ulong flags = Processor.DisableInterrupts();
        if (s_events == seen)
        {
            WaitTable.WaitWithInterruptsOff(FaultKey, -1, ThreadState.Waiting);
        }

        int count = s_events;
        Processor.RestoreInterrupts(flags);
        return count;
    }

    /// <summary>Called by the trap handler, with interrupts off: everything else is left to the thread that it wakes.</summary>
    internal static void OnFaultEvent()
    {
        s_events++;
        WaitTable.Wake(FaultKey, int.MaxValue);
    }

    private static string TryEnable(bool isWanted, int leastDomains)
    {
        if (!isWanted)
        {
            return "DMA is not fenced: nothing is isolated";
        }

        if (Topology is null)
        {
            return "DMA is not fenced: this machine has no IOMMU";
        }

        bool isCoherent = true;
        foreach (RemappingUnitDescription description in Topology.Units)
        {
            void* registers = KernelMappings.MapDevice(description.RegisterAddress, RegisterBytes);
            if (registers == null)
            {
                return "DMA is not fenced: there is no room for the registers of the IOMMU";
            }

            MappedRemappingRegisters mapped = new(registers, RegisterBytes);
            RemappingUnit unit = new(mapped, Memory);
            if (unit.Complaint(leastDomains) is { } complaint)
            {
                return $"DMA is not fenced: the IOMMU at 0x{description.RegisterAddress:x} {complaint}";
            }

            // A domain may have devices behind several.
            if (Levels != 0 && Levels != unit.Capabilities.Levels)
            {
                return "DMA is not fenced: the IOMMUs of this machine take tables of different lengths";
            }

            Levels = unit.Capabilities.Levels;
            isCoherent &= unit.Capabilities.IsCoherent;
            s_units.Add((description, unit));
        }

        foreach ((RemappingUnitDescription description, RemappingUnit unit) in s_units)
        {
            if (!unit.TryEnable((byte)TrapVector.DmaFault))
            {
                return $"DMA is not fenced: the IOMMU at 0x{description.RegisterAddress:x} does not do as it is told";
            }
        }

        if (isCoherent)
        {
            Memory = new TableFrames(isCoherent: true);
        }

        IsEnabled = true;
        return $"DMA is fenced by {(s_units.Count == 1 ? "an IOMMU" : $"{s_units.Count} IOMMUs")}";
    }
}
