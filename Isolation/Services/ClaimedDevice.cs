using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>A PCI function that a domain drives.</summary>
/// <param name="device">The function.</param>
/// <param name="domainId">The domain.</param>
/// <param name="fence">What keeps it from memory, to which it is attached; null if nothing does.</param>
internal sealed class ClaimedDevice(PciDevice device, uint domainId, DmaFence? fence = null) : TrackedObject(TrackedKind.Device)
{
    private readonly uint _domainId = domainId;
    private readonly Lock _sync = new();
    private bool _isQuiet;

    public PciDevice Device { get; } = device;

    /// <summary>What keeps it from memory; null if nothing does.</summary>
    public DmaFence? Fence => fence;

    public override string Description => $"{Device.Address} {Device.VendorId:x4}:{Device.DeviceId:x4}";

    /// <summary>
    /// Lets the device have the bus, or forbids it. False if it was given back: a call that had found it before must not have it write to
    /// memory that is somebody else's by now.
    /// </summary>
    public bool TrySetBusMaster(bool enabled)
    {
        lock (_sync)
        {
            if (_isQuiet || (enabled && fence is { IsBroken: true }))
            {
                return false;
            }

            Device.SetBusMaster(enabled);
            return true;
        }
    }

    /// <summary>
    /// Without bus mastering the device reaches no memory, whatever its rings still say; and behind the fence nothing of what it began before is
    /// under way any more.
    /// </summary>
    protected override bool Quiesce()
    {
        lock (_sync)
        {
            _isQuiet = true;
            Device.SetBusMaster(false);
            return fence?.TryDetach(Device) ?? true;
        }
    }

    protected override bool Release()
    {
        Quiesce();
        DeviceClaims.Release(Device, _domainId);
        return true;
    }
}
