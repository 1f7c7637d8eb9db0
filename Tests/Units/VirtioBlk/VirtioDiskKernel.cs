using NooksOS.Drivers.VirtioBlk;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using NooksOS.Tests.Units.StorageDrivers;

namespace NooksOS.Tests.Units.VirtioBlk;

/// <summary>The kernel with a virtio block device behind it.</summary>
internal sealed class VirtioDiskKernel(DeviceBehavior behavior = DeviceBehavior.AsEmulated) : FakeDiskKernel<VirtioDiskModel>(
    (memory, clock) => new VirtioDiskModel(behavior, memory, clock), () => new VirtioBlkDriver());
