using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>The kernel with a device of a family behind it.</summary>
internal sealed class IntelKernel(IntelFamily family, DeviceBehavior behavior = DeviceBehavior.AsEmulated) : FakeKernel<IntelModel>(
    (memory, clock, address) => new IntelModel(family, behavior, memory, clock, address), family.MakeDriver);
