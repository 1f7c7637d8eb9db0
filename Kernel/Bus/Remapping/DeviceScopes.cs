using System.Collections.Generic;
using NooksOS.Kernel.Bus.Acpi;
using NooksOS.Kernel.Bus.Pci;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>Which devices a remapping unit is for, by the paths that the firmware names.</summary>
internal static class DeviceScopes
{
    private const byte BridgeHeader = 1;

    /// <summary>Whether one of the scopes names a device, or a bridge that it is behind.</summary>
    public static bool Name(IReadOnlyList<DeviceScope> scopes, PciAddress device, IReadOnlyList<PciDevice> devices)
    {
        foreach (DeviceScope scope in scopes)
        {
            if (scope.Kind is DeviceScope.Endpoint or DeviceScope.Bridge && Resolve(scope, devices) is { } named
                && (named == device || (scope.Kind == DeviceScope.Bridge && IsBehind(device.Bus, named, devices))))
            {
                return true;
            }
        }

        return false;
    }

    private static PciAddress? Resolve(DeviceScope scope, IReadOnlyList<PciDevice> devices)
    {
        PciAddress place = new(scope.StartBus, scope.Path[0].Device, scope.Path[0].Function);
        for (int step = 1; step < scope.Path.Count; step++)
        {
            if (FindBridge(place, devices) is not { } bridge)
            {
                return null;
            }

            place = new PciAddress(bridge.SecondaryBus, scope.Path[step].Device, scope.Path[step].Function);
        }

        return place;
    }

    // Upwards, as far as there are bridges; a ring of them would have been refused when they were looked for.
    private static bool IsBehind(byte bus, PciAddress bridge, IReadOnlyList<PciDevice> devices)
    {
        for (int step = 0; step < devices.Count; step++)
        {
            PciDevice? above = null;
            foreach (PciDevice candidate in devices)
            {
                above = candidate.HeaderLayout == BridgeHeader && candidate.SecondaryBus == bus ? candidate : above;
            }

            if (above is null)
            {
                return false;
            }

            if (above.Address == bridge)
            {
                return true;
            }

            bus = above.Address.Bus;
        }

        return false;
    }

    private static PciDevice? FindBridge(PciAddress address, IReadOnlyList<PciDevice> devices)
    {
        foreach (PciDevice device in devices)
        {
            if (device.Address == address && device.HeaderLayout == BridgeHeader)
            {
                return device;
            }
        }

        return null;
    }
}
