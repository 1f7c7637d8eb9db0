using NooksOS.Drivers.Rtl8139;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.Rtl8139;

public sealed class WatchedReceiver()
    : WatchedReceiverSuite(behavior => new Rtl8139Kernel(behavior), Rtl8139ReceiveRing.SlotCount)
{
    private protected override void LeadAstray(FakeKernel kernel, uint slot)
        => ((Rtl8139Kernel)kernel).Device.Rings.ReceiveIndex = slot;

    private protected override void PrepareToWrap(FakeKernel kernel)
        => ((Rtl8139Kernel)kernel).Device[Rtl8139Register.MissedFrames] = 0xFF_FFFE;
}
