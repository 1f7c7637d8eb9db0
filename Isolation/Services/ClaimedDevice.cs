using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>A PCI function that a domain drives.</summary>
internal sealed class ClaimedDevice(PciDevice device, uint domainId) : TrackedObject(TrackedKind.Device)
{
    private readonly uint _domainId = domainId;
    private readonly Lock _sync = new();
    private bool _isQuiet;

    public PciDevice Device { get; } = device;

    public override string Description => $"{Device.Address} {Device.VendorId:x4}:{Device.DeviceId:x4}";

    /// <summary>
    /// Lets the device have the bus, or forbids it. False if it was given back: a call that had found it before must not have it write to
    /// memory that is somebody else's by now.
    /// </summary>
    public bool TrySetBusMaster(bool enabled)
    {
        lock (_sync)
        {
            if (_isQuiet)
            {
                return false;
            }

            Device.SetBusMaster(enabled);
            return true;
        }
    }

    /// <summary>Without bus mastering the device reaches no memory, whatever its rings still say.</summary>
    protected override bool Quiesce()
    {
        lock (_sync)
        {
            _isQuiet = true;
            Device.SetBusMaster(false);
        }

        return true;
    }

    protected override bool Release()
    {
        Quiesce();
        DeviceClaims.Release(Device, _domainId);
        return true;
    }
}
