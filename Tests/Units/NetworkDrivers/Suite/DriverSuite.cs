using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>
/// What every driver of a network device must pass. Each suite is a behaviour; a driver's tests derive from it and say how to
/// make a kernel with its device behind it.
/// </summary>
public abstract class DriverSuite
{
    private readonly Func<DeviceBehavior, FakeKernel> _makeKernel;

    private protected DriverSuite(Func<DeviceBehavior, FakeKernel> makeKernel, int seed)
    {
        _makeKernel = makeKernel;
        Random = new Random(seed);
    }

    private protected Random Random { get; }

    private protected FakeKernel MakeKernel(DeviceBehavior behavior = DeviceBehavior.AsEmulated) => _makeKernel(behavior);

    private protected FakeKernel MakeHearingKernel(DeviceBehavior behavior = DeviceBehavior.AsEmulated)
    {
        FakeKernel kernel = MakeKernel(behavior);
        kernel.StartAndHear();
        return kernel;
    }

    private protected static void AssertNoHarm(FakeKernel kernel)
    {
        Assert.Equal(0, kernel.Memory.StrayAccesses);
        Assert.Empty(kernel.Simulated.Complaints);
    }

    private protected void AssertTrafficFlows(FakeKernel kernel)
    {
        kernel.Simulated.SetLink(true);
        kernel.ServeInterrupts();
        kernel.Received.Clear();
        kernel.Simulated.Sent.Clear();
        List<byte[]> sent = [];
        List<byte[]> arrived = [];
        for (int count = 0; count < 8; count++)
        {
            sent.Add(Frames.Random(Random, MacAddress.Broadcast));
            arrived.Add(Frames.Random(Random, count % 2 == 0 ? kernel.Address : MacAddress.Broadcast));
            kernel.Simulated.Arrive(arrived[^1]);
            kernel.Transmit(sent[^1]);
        }

        kernel.ServeInterrupts();
        Frames.AssertSame(sent, kernel.Simulated.Sent);
        Frames.AssertSame(arrived, kernel.Received);
        Assert.Equal(kernel.Accepted, kernel.Completed);
    }
}
