using System;
using System.Collections.Generic;
using System.Text;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Startup;

namespace NooksOS.Image;

/// <summary>
/// The drivers that the boot loader brought along. Next to the image of each there is a module that names its devices, so that a
/// driver is added without a change of the kernel, and one whose device is not there costs nothing but its place on the ISO.
/// </summary>
internal static class DriverCatalog
{
    private static ReadOnlySpan<byte> IdentitiesSuffix => ".ids"u8;

    /// <summary>Every driver, in the order of the boot loader's modules.</summary>
    public static IReadOnlyList<DriverEntry> Read()
    {
        List<DriverEntry> drivers = [];
        foreach (BootModule module in BootEnvironment.Information.Modules)
        {
            ImageIdentities named = new(BootEnvironment.ContentOf(module));
            if (module.Name.EndsWith(IdentitiesSuffix) && named.IsDriver)
            {
                string name = Encoding.ASCII.GetString(module.Name[..^IdentitiesSuffix.Length]);
                drivers.Add(new DriverEntry(name, IsDevicePresent(named)));
            }
        }

        return drivers;
    }

    private static bool IsDevicePresent(ImageIdentities named)
    {
        foreach (LegacyDevice device in LegacyDevices.Present)
        {
            if (named.Names(device))
            {
                return true;
            }
        }

        foreach (PciDevice device in Hardware.PciDevices)
        {
            if (named.Names(device))
            {
                return true;
            }
        }

        return false;
    }
}
