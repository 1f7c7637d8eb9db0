using System;
using NooksOS.Contracts;
using NooksOS.Drivers.E1000;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

public sealed class LinkReporting
{
    private readonly FakeKernel _kernel = new();

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
        _kernel.Device[IntelRegister.DeviceStatus] = status;

        Assert.Equal(new LinkState(isUp, fullDuplex, megabitsPerSecond), _kernel.Driver.GetLink().Value);
    }

    [Fact]
    public void ChangesAreReported()
    {
        _kernel.StartAndOpen();

        _kernel.Device.SetLink(false);
        _kernel.ServeInterrupts();
        _kernel.Device.SetLink(true);
        _kernel.ServeInterrupts();

        Assert.Equal([default, new LinkState(true, true, 1000)], _kernel.Links);
    }

    [Fact]
    public void FramesThatALostLinkHoldsUpAreGivenUp()
    {
        Random random = new(1);
        _kernel.StartAndHear();
        _kernel.Device.TransmitsLater = true;
        _kernel.Transmit(Frames.Random(random, MacAddress.Broadcast), Frames.Random(random, MacAddress.Broadcast));

        _kernel.Device.SetLink(false);
        _kernel.ServeInterrupts();

        Assert.Equal(2u, _kernel.Completed);
        Assert.Equal(2u, _kernel.Driver.GetStatistics().Value.TransmitErrors);
        Assert.Equal(0u, _kernel.Driver.GetStatistics().Value.FramesTransmitted);

        _kernel.Device.TransmitsLater = false;
        _kernel.Device.SetLink(true);
        _kernel.ServeInterrupts();
        byte[] frame = Frames.Random(random, MacAddress.Broadcast);
        _kernel.Transmit(frame);
        Assert.Equal(frame, Assert.Single(_kernel.Device.Sent));
    }
}
