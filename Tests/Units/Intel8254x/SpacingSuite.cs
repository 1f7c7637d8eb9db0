using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>Interrupts are further apart the more frames each of them brings.</summary>
public abstract class SpacingSuite
{
    private const uint Closest = 196;
    private const uint Furthest = 3000;

    private readonly Random _random = new(34);
    private readonly IntelKernel _kernel;

    private protected SpacingSuite(IntelFamily family)
    {
        _kernel = new IntelKernel(family);
        _kernel.StartAndHear();
    }

    private uint Spacing => _kernel.Device[IntelRegister.InterruptThrottling];

    [Fact]
    public void FramesThatComeAloneKeepThemClose()
    {
        Receive(interrupts: 100, frames: 1);

        Assert.Equal(Closest, Spacing);
    }

    [Fact]
    public void ManyFramesSetThemApartStepByStep()
    {
        Receive(interrupts: 3, frames: 60);
        Assert.Equal(Closest, Spacing);

        Receive(interrupts: 1, frames: 60);
        Assert.Equal(1000u, Spacing);

        Receive(interrupts: 8, frames: 60);
        Assert.Equal(Furthest, Spacing);

        Receive(interrupts: 100, frames: 60);
        Assert.Equal(Furthest, Spacing);
    }

    [Fact]
    public void FramesThatWereSentCountAsWell()
    {
        byte[][] frames = [.. Enumerable.Range(0, 16).Select(_ => Frames.Random(_random, MacAddress.Broadcast))];
        for (int interrupt = 0; interrupt < 4; interrupt++)
        {
            _kernel.Transmit(frames);
            _kernel.ServeInterrupts();
            _kernel.Interrupt();
        }

        Assert.Equal(1000u, Spacing);
    }

    [Fact]
    public void WhenTheLoadEndsTheyComeCloseAgainAtOnce()
    {
        Receive(interrupts: 12, frames: 60);
        Assert.Equal(Furthest, Spacing);

        Receive(interrupts: 3, frames: 1);

        Assert.Equal(Closest, Spacing);
    }

    [Fact]
    public void WhoeverWaitsForTwelveFramesWaitsMostlyAtTheClosest()
    {
        int close = 0;
        for (int interrupt = 0; interrupt < 100; interrupt++)
        {
            Receive(interrupts: 1, frames: 12);
            close += Spacing == Closest ? 1 : 0;
        }

        Assert.InRange(close, 75, 100);
    }

    [Fact]
    public void ADeviceThatIsBroughtUpAgainBeginsWithTheClosest()
    {
        Receive(interrupts: 12, frames: 60);

        _kernel.Driver.Close();
        _kernel.Driver.Open(ReceiveMode.Normal);

        Assert.Equal(Closest, Spacing);
    }

    private void Receive(int interrupts, int frames)
    {
        for (int interrupt = 0; interrupt < interrupts; interrupt++)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                _kernel.Device.Arrive(Frames.Make(_random, _kernel.Address, 60));
            }

            _kernel.ServeInterrupts();
        }
    }
}
