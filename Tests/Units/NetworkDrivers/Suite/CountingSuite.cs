using System;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>The counters say what happened.</summary>
public abstract class CountingSuite : DriverSuite
{
    private protected CountingSuite(Func<DeviceBehavior, FakeKernel> makeKernel)
        : base(makeKernel, seed: 24)
    {
    }

    [Fact]
    public void FramesAndBytesAreCounted()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.Simulated.Arrive(Frames.Make(Random, kernel.Address, 100));
        kernel.Simulated.Arrive(Frames.Make(Random, kernel.Address, 200));
        kernel.Transmit(Frames.Make(Random, MacAddress.Broadcast, 30), Frames.Make(Random, MacAddress.Broadcast, 1000));

        kernel.ServeInterrupts();

        NetworkStatistics statistics = kernel.Driver.GetStatistics().Value;
        Assert.InRange(statistics.Interrupts, 1u, 2u);
        Assert.Equal(new NetworkStatistics(2, 2, 300, 1030, 0, 0, 0, statistics.Interrupts), statistics);
    }
}
