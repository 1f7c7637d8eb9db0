using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Drivers.Storage;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioBlk;

/// <summary>The device as the part sees it that all disk drivers share: a controller with one disk.</summary>
internal sealed class VirtioBlkController : BlockController
{
    /// <summary>What every device has of its configuration: the capacity.</summary>
    public const uint LeastConfigurationBytes = (uint)DiskConfiguration.Capacity + sizeof(ulong);

    private readonly VirtioTransport _transport;
    private readonly VirtioDisk _disk;

    private VirtioBlkController(VirtioTransport transport, VirtioDisk disk)
    {
        _transport = transport;
        _disk = disk;
        Units = [disk];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BlockUnit> Units { get; }

    /// <summary>
    /// Makes a queue as long as the device's, which it tells only after a reset. Null if it is none that the driver can drive;
    /// throws what <see cref="IDeviceResources"/> throws.
    /// </summary>
    public static VirtioBlkController? TryMake(IExtensionServices services, VirtioTransport transport, IDeviceResources device)
    {
        if (!transport.TryReset()
            || transport.Device.LengthBytes < CountConfigurationBytes(transport)
            || (transport.Has(DiskFeatures.MaximumSegmentBytes)
                && transport.Device.Read32((uint)DiskConfiguration.MaximumSegmentBytes) < BlockLimits.SegmentBytes))
        {
            return null;
        }

        // One that does not say how many it takes takes one.
        uint segments = transport.Has(DiskFeatures.MaximumSegments)
            ? transport.Device.Read32((uint)DiskConfiguration.MaximumSegments)
            : 1;
        return RequestQueue.TryMake(transport, device, segments) is { } requests
            ? new VirtioBlkController(transport, new VirtioDisk(services, transport, requests))
            : null;
    }

    /// <inheritdoc/>
    public override bool TryReset() => _transport.TryReset();

    /// <inheritdoc/>
    public override bool TryStart(uint firstUnit) => _disk.TryBringUp(firstUnit);

    /// <summary>A reset is the only way to make the device let go of its buffers (§3.3.1).</summary>
    public override void Rest()
    {
        _transport.TryRest();
        _transport.TakeInterrupt();
    }

    /// <inheritdoc/>
    public override bool TakeInterrupt() => _transport.TakeInterrupt() != VirtioInterrupt.None;

    // A field is there if its feature is; those in front of it are there with or without a meaning.
    private static uint CountConfigurationBytes(VirtioTransport transport)
        => transport.Has(DiskFeatures.CacheMode) ? (uint)DiskConfiguration.WriteBack + sizeof(byte)
            : transport.Has(DiskFeatures.SectorBytes) ? (uint)DiskConfiguration.SectorBytes + sizeof(uint)
            : transport.Has(DiskFeatures.MaximumSegments) ? (uint)DiskConfiguration.MaximumSegments + sizeof(uint)
            : transport.Has(DiskFeatures.MaximumSegmentBytes) ? (uint)DiskConfiguration.MaximumSegmentBytes + sizeof(uint)
            : LeastConfigurationBytes;
}
