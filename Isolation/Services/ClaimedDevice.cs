using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>A PCI function that a domain drives.</summary>
internal sealed class ClaimedDevice(PciDevice device, uint domainId) : TrackedObject(TrackedKind.Device)
{
    private readonly uint _domainId = domainId;

    public PciDevice Device { get; } = device;

    public override string Description => $"{Device.Address} {Device.VendorId:x4}:{Device.DeviceId:x4}";

    /// <summary>Without bus mastering the device reaches no memory, whatever its rings still say.</summary>
    protected override bool Quiesce()
    {
        Device.SetBusMaster(false);
        return true;
    }

    protected override bool Release()
    {
        Device.SetBusMaster(false);
        DeviceClaims.Release(Device, _domainId);
        return true;
    }
}
