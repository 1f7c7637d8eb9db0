using System;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>A device that is closed is at rest, off the bus, and can be opened again.</summary>
public abstract class StoppingSuite : DriverSuite
{
    private readonly FakeKernel _kernel;

    private protected StoppingSuite(Func<DeviceBehavior, FakeKernel> makeKernel)
        : base(makeKernel, seed: 25) => _kernel = MakeHearingKernel();

    [Fact]
    public void AStoppedDeviceTouchesNoMemoryAndAssertsNoLine()
    {
        Assert.Equal(CallStatus.Ok, _kernel.Driver.Stop().Status);
        byte[] before = [.. _kernel.Memory.Live.SelectMany(buffer => buffer.Bytes.ToArray())];

        _kernel.Memory.IsBusMaster = true;
        _kernel.Simulated.Arrive(Frames.Random(Random, _kernel.Address));
        _kernel.Simulated.SetLink(false);

        Assert.Equal(before.AsSpan(), _kernel.Memory.Live.SelectMany(buffer => buffer.Bytes.ToArray()).ToArray().AsSpan());
        Assert.False(_kernel.Simulated.IsLineAsserted);
    }

    [Fact]
    public void AStoppedDeviceIsOffTheBus()
    {
        _kernel.Driver.Stop();

        Assert.False(_kernel.Memory.IsBusMaster);
    }

    [Fact]
    public void FramesThatHaveNotLeftAreGivenUp()
    {
        _kernel.Transmit(Frames.Random(Random, MacAddress.Broadcast));
        _kernel.Simulated.TransmitsLater = true;
        _kernel.Transmit(Frames.Random(Random, MacAddress.Broadcast), Frames.Random(Random, MacAddress.Broadcast));

        _kernel.Driver.Close();
        _kernel.Interrupt();

        Assert.Equal(3u, _kernel.Completed);
        Assert.Equal(1u, _kernel.Driver.GetStatistics().Value.FramesTransmitted);
        Assert.Equal(2u, _kernel.Driver.GetStatistics().Value.TransmitErrors);
    }

    [Fact]
    public void AClosedDeviceTakesNoFrames()
    {
        _kernel.Driver.Close();

        Assert.Equal(0u, _kernel.TransmitBatch([60, 0]).Value);
    }

    [Fact]
    public void AClosedDeviceCanBeOpenedAgain()
    {
        _kernel.Driver.Close();
        Assert.Equal(CallStatus.Ok, _kernel.Driver.Close().Status);

        Assert.Equal(CallStatus.Ok, _kernel.Driver.Open(ReceiveMode.Normal).Status);

        _kernel.WaitUntilHearing();
        AssertTrafficFlows(_kernel);
    }

    [Fact]
    public void WhileItIsBroughtDownNobodyElseChangesIt()
    {
        _kernel.OnBusMaster = () =>
        {
            Assert.Equal(CallStatus.Busy, _kernel.Driver.Open(ReceiveMode.Normal).Status);
            Assert.Equal(CallStatus.Busy, _kernel.Driver.Close().Status);
            Assert.Equal(0u, _kernel.TransmitBatch([60, 0]).Value);
            Assert.Equal(0u, _kernel.Interrupt());
        };

        Assert.Equal(CallStatus.Ok, _kernel.Driver.Close().Status);
    }
}
