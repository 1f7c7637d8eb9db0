using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>A claimed device of the ISA bus, as a driver sees it.</summary>
internal sealed class LegacyDeviceResources(Handle<TrackedObjects.Device> device) : ILegacyDeviceResources
{
    private static LegacyDeviceServicesClient Kernel => default;

    /// <inheritdoc/>
    public PortWindow OpenPorts() => new OpenedPorts(Granted.Require(Kernel.OpenLegacyPorts(device), "ports"));

    /// <inheritdoc/>
    public void OpenInterruptLine() => Granted.Require(Kernel.OpenLegacyInterruptLine(device), "interrupt line");

    /// <inheritdoc/>
    public DmaChannel OpenDmaChannel(uint index, uint bufferBytes)
    {
        Handle<TrackedObjects.DmaChannel> channel = Granted.Require(Kernel.OpenDmaChannel(device, index), "DMA channel");
        return new OpenedDmaChannel(channel, Granted.Require(Kernel.AllocateChannelBuffer(channel, bufferBytes), "DMA buffer"));
    }
}
