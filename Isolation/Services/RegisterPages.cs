using System.Collections.Generic;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// Registers can be shorter than a page, and only whole pages can be mapped. Firmware gives each function pages of its own; one
/// that does not would let a driver reach into the device of another.
/// </summary>
internal static class RegisterPages
{
    /// <summary>Whether no other function answers in the pages of a memory BAR.</summary>
    public static bool AreOnlyOf(PciDevice device, PciBar bar, IReadOnlyList<PciDevice> functions)
    {
        foreach (PciDevice other in functions)
        {
            if (other.Address == device.Address)
            {
                continue;
            }

            foreach (PciBar foreign in other.Bars)
            {
                if (!foreign.IsIo && FirstPage(foreign) <= LastPage(bar) && FirstPage(bar) <= LastPage(foreign))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static ulong FirstPage(PciBar bar) => bar.Address / AddressLayout.PageBytes;

    private static ulong LastPage(PciBar bar) => (bar.Address + bar.LengthBytes - 1) / AddressLayout.PageBytes;
}
