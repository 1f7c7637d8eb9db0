using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>Between the death of an instance and the opening of the next one no frame is lost, and little time.</summary>
public abstract class GapSuite
{
    private readonly Random _random = new(22);
    private readonly IntelFamily _family;
    private readonly IntelKernel _kernel;

    private protected GapSuite(IntelFamily family)
    {
        _family = family;
        _kernel = new IntelKernel(family);
    }

    [Fact]
    public void FramesOfTheGapWaitForTheFreshInstance()
    {
        _kernel.StartAndHear();
        _kernel.Replace();
        byte[][] frames = Arrive(20);

        _kernel.StartAndOpen();
        _kernel.ServeInterrupts();

        Frames.AssertSame(frames, _kernel.Received);
    }

    [Fact]
    public void ASharedLineDoesNotLoseTheInterruptOfFramesThatComeWithTheBus()
    {
        _kernel.StartAndHear();
        _kernel.Replace();
        byte[][] frames = Arrive(1);
        _kernel.OnBusMaster = () => Assert.Equal(0u, _kernel.Interrupt());

        _kernel.StartAndOpen();
        _kernel.ServeInterrupts();

        Frames.AssertSame(frames, _kernel.Received);
    }

    [Fact]
    public void AClosedDeviceCanBeOpenedAndIsNotDeaf()
    {
        _kernel.StartAndHear();
        _kernel.Driver.Close();

        _kernel.Driver.Open(ReceiveMode.Normal);

        byte[][] frames = Arrive(1);
        _kernel.ServeInterrupts();
        Frames.AssertSame(frames, _kernel.Received);
    }

    [Theory]
    [InlineData(ReceiveMode.Normal)]
    [InlineData(ReceiveMode.AllMulticast)]
    [InlineData(ReceiveMode.Promiscuous)]
    public void ARestartDoesNotWait(ReceiveMode mode)
    {
        _kernel.StartAndHear(mode);
        long before = _kernel.Clock.Nanoseconds;

        _kernel.Replace();
        _kernel.StartAndOpen(mode);

        Assert.InRange(_kernel.Clock.Nanoseconds - before, 0, 200_000);
    }

    [Fact]
    public void FramesThatFindNoDescriptorWaitAndComeWhenThereIsOne()
    {
        IntelKernel kernel = new(_family, DeviceBehavior.ByTheManual);
        kernel.StartAndHear();
        const int SlotsOfTheDevice = (int)IntelReceiveRing.SlotCount - 1;
        byte[][] frames = [.. Enumerable.Range(0, SlotsOfTheDevice + 445).Select(_ => Frames.Random(_random, kernel.Address))];

        foreach (byte[] frame in frames)
        {
            kernel.Device.Arrive(frame);
        }

        Assert.Equal(445, kernel.Device.Waiting);
        kernel.ServeInterrupts();
        Assert.Equal(0, kernel.Device.Waiting);
        Frames.AssertSame(frames, kernel.Received);
    }

    [Fact]
    public void RegistersAreWrittenOnlyAfterTheDeviceHasLoadedItsEeprom()
    {
        IntelKernel kernel = new(_family, DeviceBehavior.ByTheManual);

        kernel.StartAndOpen();

        Assert.Empty(kernel.Device.Complaints);
    }

    private byte[][] Arrive(int count)
    {
        byte[][] frames = [.. Enumerable.Range(0, count).Select(_ => Frames.Random(_random, _kernel.Address))];
        foreach (byte[] frame in frames)
        {
            _kernel.Device.Arrive(frame);
        }

        return frames;
    }
}
