using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>Driver of network devices of the virtio standard 1.0 and later, on PCI (virtio 1.2 §4.1 and §5.1).</summary>
public sealed class VirtioNetDriver : NetworkDriver
{
    // What every network device has: later fields are there only with their features.
    private const uint ConfigurationBytes = (uint)NetworkConfiguration.MaximumQueuePairs + sizeof(ushort);

    /// <inheritdoc/>
    protected override ReadOnlySpan<PciIdentity> Identities => DeviceIdentities.All;

    /// <inheritdoc/>
    protected override NetworkController? Attach(IExtensionServices services, IDeviceResources device)
        => VirtioTransport.TryFind(services, device, ConfigurationBytes, NetworkFeatures.Choose) is { } transport
            ? VirtioNetController.TryMake(transport, device)
            : null;
}
