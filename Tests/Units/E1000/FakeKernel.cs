using NooksOS.Drivers.E1000;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.E1000;

/// <summary>The kernel with an 82540EM behind it, which is QEMU's unless it honours a reset.</summary>
internal sealed class FakeKernel(bool honoursReset = false) : FakeKernel<DeviceModel>(
    (memory, clock, address) => new DeviceModel(memory, clock, address) { HonoursReset = honoursReset },
    () => new E1000Driver());
