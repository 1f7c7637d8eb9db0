using NooksOS.Drivers.VirtioNet;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.VirtioNet;

/// <summary>The kernel with a virtio network device behind it.</summary>
internal sealed class VirtioKernel(DeviceBehavior behavior = DeviceBehavior.AsEmulated) : FakeKernel<VirtioModel>(
    (memory, clock, address) => new VirtioModel(behavior, memory, clock, address), () => new VirtioNetDriver());
