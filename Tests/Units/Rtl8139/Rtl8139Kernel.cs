using NooksOS.Drivers.Rtl8139;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.Rtl8139;

/// <summary>The kernel with an RTL8139C+ behind it.</summary>
internal sealed class Rtl8139Kernel(DeviceBehavior behavior = DeviceBehavior.AsEmulated) : FakeKernel<Rtl8139Model>(
    (memory, clock, address) => new Rtl8139Model(behavior, memory, clock, address), () => new Rtl8139Driver());
