using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Pci;

namespace NooksOS.Isolation;

/// <summary>Which domain drives which PCI function: at most one each.</summary>
internal static class DeviceClaims
{
    private static readonly Dictionary<PciDevice, uint> s_owners = [];

    public static PciDevice? TryClaim(ReadOnlySpan<PciIdentity> identities, uint domainId)
    {
        lock (s_owners)
        {
            foreach (PciDevice device in Hardware.PciDevices)
            {
                if (identities.Contains(new PciIdentity(device.VendorId, device.DeviceId)) && s_owners.TryAdd(device, domainId))
                {
                    return device;
                }
            }
        }

        return null;
    }

    public static void Release(PciDevice device, uint domainId)
    {
        lock (s_owners)
        {
            if (s_owners.TryGetValue(device, out uint owner) && owner == domainId)
            {
                s_owners.Remove(device);
            }
        }
    }
}
