using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Storage;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioBlk;

/// <summary>Driver of block devices of the virtio standard 1.0 and later, on PCI (virtio 1.2 §4.1 and §5.2).</summary>
public sealed class VirtioBlkDriver : BlockDriver
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<PciIdentity> Identities => DeviceIdentities.All;

    /// <summary>Each device is one disk.</summary>
    protected override (uint Controllers, uint UnitsPerController) Limits => (BlockLimits.Units, 1);

    /// <inheritdoc/>
    protected override BlockController? Attach(IExtensionServices services, IDeviceResources device)
        => VirtioTransport.TryFind(services, device, VirtioBlkController.LeastConfigurationBytes, DiskFeatures.Choose) is { } transport
            ? VirtioBlkController.TryMake(services, transport, device)
            : null;
}
