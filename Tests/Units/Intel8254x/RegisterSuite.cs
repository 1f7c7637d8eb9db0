using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>What the registers say and are told.</summary>
public abstract class RegisterSuite
{
    private readonly Random _random = new(5);
    private readonly IntelKernel _kernel;

    private protected RegisterSuite(IntelFamily family) => _kernel = new IntelKernel(family);

    [Theory]
    [InlineData(0x00u, false, false, 0u)]
    [InlineData(0x01u, false, false, 0u)]
    [InlineData(0x02u, true, false, 10u)]
    [InlineData(0x03u, true, true, 10u)]
    [InlineData(0x43u, true, true, 100u)]
    [InlineData(0x83u, true, true, 1000u)]
    [InlineData(0xC3u, true, true, 1000u)]
    [InlineData(uint.MaxValue, false, false, 0u)]
    public void TheStatusSaysWhatTheLinkIs(uint status, bool isUp, bool fullDuplex, uint megabitsPerSecond)
    {
        _kernel.StartAndOpen();
        _kernel.Device.ReadFilter = (offset, value) => offset == (uint)IntelRegister.DeviceStatus ? status : value;

        Assert.Equal(new LinkState(isUp, fullDuplex, megabitsPerSecond), _kernel.Driver.GetLink().Value);
    }

    [Fact]
    public void ABatchIsOneWriteOfTheTail()
    {
        _kernel.StartAndHear();
        int before = _kernel.Device.Writes;
        _kernel.Transmit(Frames.Random(_random, MacAddress.Broadcast));
        int afterOne = _kernel.Device.Writes;

        _kernel.Transmit([.. Enumerable.Range(0, 16).Select(_ => Frames.Random(_random, MacAddress.Broadcast))]);

        // Some models must be told besides which causes were served.
        Assert.Equal(afterOne - before, _kernel.Device.Writes - afterOne);
        Assert.Equal(17, _kernel.Device.Sent.Count);
    }

    [Fact]
    public void OneExchangeTakesABoundedNumberOfFrames()
    {
        _kernel.StartAndHear();
        for (int count = 0; count < 200; count++)
        {
            _kernel.Device.Arrive(Frames.Random(_random, _kernel.Address));
        }

        Assert.Equal(InterruptAnswer.WorkLeft, _kernel.Interrupt());
        Assert.Equal(PacketBatch.ExchangeFrames, _kernel.Received.Count);
        Assert.Equal(InterruptAnswer.Served, _kernel.Interrupt());
        Assert.Equal(200, _kernel.Received.Count);
    }

    [Fact]
    public void AHeadThatLeftTheRingMakesTheDriverStartOver()
    {
        _kernel.StartAndHear();
        _kernel.Device[IntelRegister.ReceiveDescriptorHead] = 5000;
        _kernel.Device.Raise(InterruptCauses.ReceiveOverrun);

        _kernel.ServeInterrupts();

        Assert.Equal(1u, _kernel.Driver.GetStatistics().Value.ReceiveErrors);
        byte[] frame = Frames.Random(_random, _kernel.Address);
        _kernel.Device.Arrive(frame);
        _kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(_kernel.Received));
    }

    [Fact]
    public void ADeviceThatAssertsItsLineForEverGetsABoundedAnswer()
    {
        _kernel.StartAndHear();
        int reads = 0;
        _kernel.Device.ReadFilter = (offset, value) =>
        {
            reads++;
            return offset == (uint)IntelRegister.InterruptCauseRead ? (uint)InterruptCauses.Served : value;
        };

        _kernel.Interrupt();

        Assert.InRange(reads, 1, 20);
    }

    [Fact]
    public void AnInterruptOfAClosedDeviceIsSilenced()
    {
        _kernel.StartAndHear();
        _kernel.Driver.Close();
        _kernel.Device[IntelRegister.InterruptMaskSet] = uint.MaxValue;
        _kernel.Device.SetLink(false);

        Assert.Equal(0u, _kernel.Interrupt());

        Assert.False(_kernel.Device.IsLineAsserted);
        Assert.Empty(_kernel.Links);
    }

    [Fact]
    public void TheLinkIsLeftAlone()
    {
        _kernel.Device[IntelRegister.DeviceControl] = (uint)(DeviceControl.PhyReset | DeviceControl.SetLinkUp);

        for (int instance = 0; instance < 3; instance++)
        {
            _kernel.StartAndOpen();
            _kernel.Replace();
        }

        Assert.Empty(_kernel.Device.Complaints);
    }
}
