using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Bus;

/// <summary>The device at its ports on a PC (QEMU docs/specs/fw_cfg).</summary>
public sealed class FirmwareConfigurationPort : IFirmwareConfigurationPort
{
    private const ushort SelectorPort = 0x510;
    private const ushort DataPort = 0x511;

    /// <inheritdoc/>
    public void Select(ushort key) => PortIo.Write16(SelectorPort, key);

    /// <inheritdoc/>
    public byte ReadNext() => PortIo.Read8(DataPort);
}
