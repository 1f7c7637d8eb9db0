using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>The registration of a disk by one instance of its driver, as its domain holds it.</summary>
internal sealed class BlockDeviceRegistration(BlockShadow shadow, BlockDisk disk, uint registration)
    : Registration(TrackedKind.BlockDevice, disk.DomainId, shadow.Faults, shadow.Clock)
{
    public override string Description => $"{disk.Identity.Model} {disk.Identity.Serial}";

    protected override bool Unregister() => shadow.Unregister(disk, registration);
}
