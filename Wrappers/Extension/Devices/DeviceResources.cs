using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>A claimed device, as a driver sees it.</summary>
internal sealed class DeviceResources(DeviceDescription device) : IDeviceResources
{
    private static DeviceServicesClient Kernel => default;

    /// <inheritdoc/>
    public PciIdentity Identity => device.Identity;

    /// <inheritdoc/>
    public uint ReadConfiguration(uint offsetBytes, uint widthBytes)
        => Granted.Require(Kernel.ReadConfiguration(device.Handle, offsetBytes, widthBytes), "configuration");

    /// <inheritdoc/>
    public RegisterWindow MapRegisterWindow(uint barIndex)
        => new MappedRegisterWindow(Granted.Require(Kernel.MapRegisterWindow(device.Handle, barIndex), "register window"));

    /// <inheritdoc/>
    public PortWindow OpenPorts(uint barIndex)
        => new OpenedPorts(Granted.Require(Kernel.OpenPortRange(device.Handle, barIndex), "ports"));

    /// <inheritdoc/>
    public DmaBuffer AllocateDmaBuffer(uint lengthBytes, uint alignmentBytes)
    {
        MappedDmaBuffer buffer = new(Granted.Require(Kernel.AllocateDmaBuffer(device.Handle, lengthBytes, alignmentBytes), "DMA buffer"));
        WildDma.Note(buffer);
        return buffer;
    }

    /// <inheritdoc/>
    public void OpenInterruptLine() => Granted.Require(Kernel.OpenInterruptLine(device.Handle), "interrupt line");

    /// <inheritdoc/>
    public void SetBusMaster(bool enabled) => Granted.Require(Kernel.SetBusMaster(device.Handle, enabled).Status, "bus mastering");
}
