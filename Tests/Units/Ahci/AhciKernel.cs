using NooksOS.Drivers.Ahci;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using NooksOS.Tests.Units.StorageDrivers;

namespace NooksOS.Tests.Units.Ahci;

/// <summary>The kernel with a SATA controller behind it.</summary>
internal sealed class AhciKernel(DeviceBehavior behavior = DeviceBehavior.AsEmulated) : FakeDiskKernel<AhciModel>(
    (memory, clock) => new AhciModel(behavior, memory, clock), () => new AhciDriver());
