using System;
using NooksOS.Drivers.Storage;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.StorageDrivers;

/// <summary>The kernel with a controller of a certain model behind it.</summary>
internal class FakeDiskKernel<TController> : FakeDiskKernel
    where TController : SimulatedDiskController
{
    public FakeDiskKernel(Func<FakeMemory, FakeClock, TController> makeController, Func<BlockDriver> makeDriver)
        : base(makeDriver) => Model = makeController(Memory, Clock);

    public TController Model { get; }

    public override SimulatedDiskController Controller => Model;
}
