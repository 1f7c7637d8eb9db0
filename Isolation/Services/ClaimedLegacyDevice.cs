using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>A device of the ISA bus that a domain drives.</summary>
internal sealed class ClaimedLegacyDevice(LegacyDevice device) : TrackedObject(TrackedKind.Device)
{
    public LegacyDevice Device { get; } = device;

    public override string Description => Device.Name;

    protected override bool Release()
    {
        LegacyDeviceClaims.Release(Device);
        return true;
    }
}
