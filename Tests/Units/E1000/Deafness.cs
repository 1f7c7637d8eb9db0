using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

/// <summary>QEMU's e1000 is deaf for a second after each write of RCTL, and loses what it is offered without a descriptor.</summary>
public sealed class Deafness
{
    private readonly Random _random = new(20);
    private readonly IntelKernel _kernel = new(IntelFamily.E1000);

    [Theory]
    [InlineData(ReceiveMode.Normal)]
    [InlineData(ReceiveMode.AllMulticast)]
    [InlineData(ReceiveMode.Promiscuous)]
    public void ARestartDoesNotDeafenTheReceiver(ReceiveMode mode)
    {
        _kernel.StartAndHear(mode);

        _kernel.Replace();
        _kernel.StartAndOpen(mode);

        Assert.Equal(1, _kernel.Device.ReceiveControlWrites);
    }

    [Fact]
    public void AModeThatIsSetAlreadyIsNotSetAgain()
    {
        _kernel.StartAndHear();

        _kernel.Driver.SetReceiveMode(ReceiveMode.Normal);
        _kernel.Driver.Open(ReceiveMode.Normal);

        Assert.Equal(1, _kernel.Device.ReceiveControlWrites);
    }

    [Fact]
    public void AfterARingThatWasFullAnEmulatorFindsAsManyDescriptorsAsThereCanBe()
    {
        // The device leaves one slot free, and three in four are given back before the first round ends.
        const int Received = (int)(IntelReceiveRing.SlotCount - 1 + (IntelReceiveRing.SlotCount * 3 / 4));
        const int Lost = 153;
        _kernel.StartAndHear();
        byte[][] frames = [.. Enumerable.Range(0, Received + Lost).Select(_ => Frames.Random(_random, _kernel.Address))];

        foreach (byte[] frame in frames)
        {
            _kernel.Device.Arrive(frame);
        }

        _kernel.ServeInterrupts();
        Frames.AssertSame(frames[..Received], _kernel.Received);
        Assert.Equal((uint)Lost, _kernel.Driver.GetStatistics().Value.ReceiveDropped);
    }
}
