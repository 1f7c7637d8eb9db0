using System;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

public sealed class Stopping
{
    private readonly Random _random = new(25);
    private readonly FakeKernel _kernel = new();

    [Fact]
    public void AStoppedDeviceTouchesNoMemoryAndAssertsNoLine()
    {
        _kernel.StartAndHear();
        byte[] before = [.. _kernel.Memory.Live[1].Bytes];

        Assert.Equal(CallStatus.Ok, _kernel.Driver.Stop().Status);
        _kernel.Memory.IsBusMaster = true;
        _kernel.Device.Arrive(Frames.Random(_random, _kernel.Address));
        _kernel.Device.SetLink(false);

        Assert.Equal(before, _kernel.Memory.Live[1].Bytes.ToArray());
        Assert.False(_kernel.Device.IsLineAsserted);
    }

    [Fact]
    public void AStoppedDeviceIsOffTheBus()
    {
        _kernel.StartAndHear();

        _kernel.Driver.Stop();

        Assert.False(_kernel.Memory.IsBusMaster);
    }

    [Fact]
    public void FramesThatHaveNotLeftAreGivenUp()
    {
        _kernel.StartAndHear();
        _kernel.Transmit(Frames.Random(_random, MacAddress.Broadcast));
        _kernel.Device.TransmitsLater = true;
        _kernel.Transmit(Frames.Random(_random, MacAddress.Broadcast), Frames.Random(_random, MacAddress.Broadcast));

        _kernel.Driver.Close();

        Assert.Equal(3u, _kernel.Completed);
        Assert.Equal(1u, _kernel.Driver.GetStatistics().Value.FramesTransmitted);
        Assert.Equal(2u, _kernel.Driver.GetStatistics().Value.TransmitErrors);
    }

    [Fact]
    public void AClosedDeviceTakesNoFrames()
    {
        _kernel.StartAndHear();
        _kernel.Driver.Close();

        Assert.Equal(CallStatus.Failed, _kernel.TransmitBatch([60, 0]).Status);
    }

    [Fact]
    public void AClosedDeviceCanBeOpenedAndIsNotDeaf()
    {
        _kernel.StartAndHear();
        _kernel.Driver.Close();
        Assert.Equal(CallStatus.Ok, _kernel.Driver.Close().Status);

        Assert.Equal(CallStatus.Ok, _kernel.Driver.Open(ReceiveMode.Normal).Status);

        byte[] frame = Frames.Random(_random, _kernel.Address);
        _kernel.Device.Arrive(frame);
        _kernel.Transmit(frame);
        _kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(_kernel.Received));
        Assert.Equal(frame, Assert.Single(_kernel.Device.Sent));
    }

    [Fact]
    public void AnInterruptOfAClosedDeviceIsSilenced()
    {
        _kernel.StartAndHear();
        _kernel.Driver.Close();
        _kernel.Device.WritesLeft = -1;
        _kernel.Device[Drivers.Intel8254x.IntelRegister.InterruptMaskSet] = uint.MaxValue;
        _kernel.Device.SetLink(false);

        Assert.Equal(0u, _kernel.Interrupt());

        Assert.False(_kernel.Device.IsLineAsserted);
        Assert.Empty(_kernel.Links);
    }

    [Fact]
    public void WhileItIsBroughtDownNobodyElseChangesIt()
    {
        _kernel.StartAndHear();
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
