using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Storage;

namespace NooksOS.Drivers.Ahci;

/// <summary>Driver of SATA disks behind controllers of the Advanced Host Controller Interface, revision 1.3.1.</summary>
public sealed class AhciDriver : BlockDriver
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<PciIdentity> Identities => DeviceIdentities.All;

    /// <inheritdoc/>
    protected override (uint Controllers, uint UnitsPerController) Limits => (1, HbaRegisters.MaximumPorts);

    /// <inheritdoc/>
    protected override BlockController? Attach(IExtensionServices services, IDeviceResources device)
        => AhciController.TryMake(services, device);
}
