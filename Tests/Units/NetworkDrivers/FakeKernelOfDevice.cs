using System;
using NooksOS.Contracts;
using NooksOS.Drivers;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>The kernel with a device of a certain model behind it.</summary>
internal class FakeKernel<TDevice> : FakeKernel
    where TDevice : SimulatedDevice
{
    public FakeKernel(Func<FakeMemory, FakeClock, MacAddress, TDevice> makeDevice, Func<NetworkDriver> makeDriver)
        : base(makeDriver) => Device = makeDevice(Memory, Clock, Address);

    public TDevice Device { get; }

    public override SimulatedDevice Simulated => Device;
}
