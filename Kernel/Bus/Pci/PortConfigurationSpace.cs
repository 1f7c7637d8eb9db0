using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Bus.Pci;

/// <summary>Configuration mechanism #1 (PCI Local Bus 3.0 §3.2.2.3.2): an address port and a data port.</summary>
internal sealed class PortConfigurationSpace : IPciConfigurationSpace
{
    private const ushort AddressPort = 0xCF8;
    private const ushort DataPort = 0xCFC;
    private const uint Enable = 1u << 31;

    /// <inheritdoc/>
    public uint Read(PciAddress address, byte offsetBytes)
    {
        ulong flags = Processor.DisableInterrupts();
        PortIo.Write32(AddressPort, Select(address, offsetBytes));
        uint value = PortIo.Read32(DataPort);
        Processor.RestoreInterrupts(flags);
        return value;
    }

    /// <inheritdoc/>
    public void Write(PciAddress address, byte offsetBytes, uint value)
    {
        ulong flags = Processor.DisableInterrupts();
        PortIo.Write32(AddressPort, Select(address, offsetBytes));
        PortIo.Write32(DataPort, value);
        Processor.RestoreInterrupts(flags);
    }

    private static uint Select(PciAddress address, byte offsetBytes)
        => Enable | ((uint)address.Bus << 16) | ((uint)address.Device << 11) | ((uint)address.Function << 8) | (offsetBytes & 0xFCu);
}
