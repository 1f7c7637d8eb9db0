using System;
using System.Collections.Generic;
using NooksOS.Kernel.Bus.Acpi;
using NooksOS.Kernel.Bus.Interrupts;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Startup;

namespace NooksOS.Kernel.Bus;

/// <summary>What the machine is made of. Found once, after the base library is initialised.</summary>
public static class Hardware
{
    private static InterruptTopology? s_interrupts;
    private static IReadOnlyList<PciDevice>? s_devices;

    /// <summary>How interrupts are wired.</summary>
    public static InterruptTopology Interrupts => s_interrupts ?? throw new InvalidOperationException("the hardware was not looked for yet");

    /// <summary>All PCI functions.</summary>
    public static IReadOnlyList<PciDevice> PciDevices => s_devices ?? [];

    /// <summary>Reads the firmware's tables and masks every interrupt line. Interrupts must still be off.</summary>
    public static void FindInterruptControllers()
    {
        AcpiTables? tables = AcpiTables.Read(BootEnvironment.Information.AcpiRootPointer, new DirectFirmwareMemory());
        if (tables != null && tables.TryFind("APIC"u8, out ReadOnlySpan<byte> table))
        {
            s_interrupts = InterruptTopology.Read(table);
        }

        if (tables != null && tables.TryFind("DMAR"u8, out ReadOnlySpan<byte> remapping))
        {
            DmaRemapping.Topology = RemappingTopology.Read(remapping);
        }

        if (s_interrupts == null)
        {
            Log.Write("no valid ACPI interrupt table: assuming the layout of an ordinary PC"u8);
            s_interrupts = InterruptTopology.CreateDefault();
        }

        InterruptLines.Initialize(s_interrupts);
    }

    /// <summary>Looks for PCI functions. Devices that may already write to memory are stopped: nobody has told them where.</summary>
    public static void FindDevices()
    {
        s_devices = PciBus.Enumerate(new PortConfigurationSpace());
        foreach (PciDevice device in s_devices)
        {
            if (device.HeaderLayout == 0)
            {
                device.SetBusMaster(false);
                device.SetInterruptDisable(true);
            }
        }
    }
}
