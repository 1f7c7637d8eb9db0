using System;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>The kernel hears of the link, and of frames that a lost link holds up.</summary>
public abstract class LinkSuite : DriverSuite
{
    private readonly LinkState _up;

    /// <param name="makeKernel">Makes a kernel with the device.</param>
    /// <param name="up">What the driver knows of a link that is up.</param>
    private protected LinkSuite(Func<DeviceBehavior, FakeKernel> makeKernel, LinkState up)
        : base(makeKernel, seed: 29) => _up = up;

    [Fact]
    public void ChangesAreReported()
    {
        FakeKernel kernel = MakeKernel();
        kernel.StartAndOpen();
        Assert.Equal(_up, kernel.Driver.GetLink().Value);

        kernel.Simulated.SetLink(false);
        kernel.ServeInterrupts();
        kernel.Simulated.SetLink(true);
        kernel.ServeInterrupts();

        Assert.Equal([default, _up], kernel.Links);
    }

    [Fact]
    public void FramesThatALostLinkHoldsUpAreGivenUp()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.Simulated.TransmitsLater = true;
        kernel.Transmit(Frames.Random(Random, MacAddress.Broadcast), Frames.Random(Random, MacAddress.Broadcast));

        kernel.Simulated.SetLink(false);
        kernel.ServeInterrupts();

        Assert.Equal(2u, kernel.Completed);
        Assert.Equal(2u, kernel.Driver.GetStatistics().Value.TransmitErrors);
        Assert.Equal(0u, kernel.Driver.GetStatistics().Value.FramesTransmitted);

        kernel.Simulated.TransmitsLater = false;
        kernel.Simulated.SetLink(true);
        kernel.ServeInterrupts();
        byte[] frame = Frames.Random(Random, MacAddress.Broadcast);
        kernel.Transmit(frame);
        Assert.Equal(frame, Assert.Single(kernel.Simulated.Sent));
    }
}
