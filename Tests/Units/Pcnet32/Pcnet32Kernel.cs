using NooksOS.Drivers.Pcnet32;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.Pcnet32;

/// <summary>The kernel with an Am79C970A behind it.</summary>
internal sealed class Pcnet32Kernel : FakeKernel<Pcnet32Model>
{
    public Pcnet32Kernel(DeviceBehavior behavior = DeviceBehavior.AsEmulated)
        : base((memory, clock, address) => new Pcnet32Model(behavior, memory, clock, address), () => new Pcnet32Driver())
        => Memory.StayBelow4GiB();
}
