using NooksOS.Drivers.Pcnet32;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.Pcnet32;

public sealed class WatchedReceiver()
    : WatchedReceiverSuite(behavior => new Pcnet32Kernel(behavior), Pcnet32ReceiveRing.SlotCount)
{
    private protected override void LeadAstray(FakeKernel kernel, uint slot)
        => ((Pcnet32Kernel)kernel).Device.Rings.ReceiveIndex = slot;

    private protected override void PrepareToWrap(FakeKernel kernel)
        => ((Pcnet32Kernel)kernel).Device[ControlRegister.MissedFrames] = 0xFFFE;
}
