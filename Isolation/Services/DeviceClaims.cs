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

    /// <summary>Gives a domain the first device that it asks for, that it may have and that nobody has.</summary>
    /// <param name="identities">What it asks for.</param>
    /// <param name="isNamed">Whether it may have a device.</param>
    /// <param name="domainId">The domain.</param>
    public static PciDevice? TryClaim(ReadOnlySpan<PciIdentity> identities, Func<PciDevice, bool> isNamed, uint domainId)
    {
        lock (s_owners)
        {
            foreach (PciDevice device in Hardware.PciDevices)
            {
                if (identities.Contains(new PciIdentity(device.VendorId, device.DeviceId)) && isNamed(device)
                    && s_owners.TryAdd(device, domainId))
                {
                    return device;
                }
            }
        }

        return null;
    }

    /// <summary>The domain that drives the device at an address; null if none does.</summary>
    public static uint? FindOwner(PciAddress address)
    {
        lock (s_owners)
        {
            foreach ((PciDevice device, uint owner) in s_owners)
            {
                if (device.Address == address)
                {
                    return owner;
                }
            }
        }

        return null;
    }

    /// <summary>Takes the bus from a device that nobody has; who has claimed it meanwhile keeps it.</summary>
    public static void SilenceUnlessOwned(PciDevice device)
    {
        lock (s_owners)
        {
            if (!s_owners.ContainsKey(device))
            {
                device.SetBusMaster(false);
            }
        }
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
