using System.Collections.Generic;

namespace NooksOS.Kernel.Bus.Pci;

/// <summary>Finds every PCI function, also behind bridges that the firmware has set up.</summary>
public static class PciBus
{
    private const int DeviceCount = 32;
    private const int FunctionCount = 8;
    private const int MaximumFunctions = 512;
    private const byte MultiFunction = 0x80;
    private const byte BridgeHeader = 1;
    private const byte HeaderTypeOffset = 0x0C;

    /// <summary>All functions in the order of their addresses on each bus.</summary>
    public static IReadOnlyList<PciDevice> Enumerate(IPciConfigurationSpace space)
    {
        List<PciDevice> devices = [];
        HashSet<byte> visited = [0];
        Queue<byte> buses = new([0]);
        while (buses.TryDequeue(out byte bus))
        {
            for (byte device = 0; device < DeviceCount; device++)
            {
                AddFunctions(space, bus, device, devices, visited, buses);
            }
        }

        return devices;
    }

    private static void AddFunctions(
        IPciConfigurationSpace space, byte bus, byte device, List<PciDevice> devices, HashSet<byte> visited, Queue<byte> buses)
    {
        for (byte function = 0; function < FunctionCount && devices.Count < MaximumFunctions; function++)
        {
            PciAddress address = new(bus, device, function);
            if ((ushort)space.Read(address, 0) == ushort.MaxValue)
            {
                if (function == 0)
                {
                    return;
                }

                continue;
            }

            PciDevice found = new(space, address);
            devices.Add(found);
            if (found.HeaderLayout == BridgeHeader && visited.Add(found.SecondaryBus))
            {
                buses.Enqueue(found.SecondaryBus);
            }

            if (function == 0 && (space.Read(address, HeaderTypeOffset) >> 16 & MultiFunction) == 0)
            {
                return;
            }
        }
    }
}
