using System;
using System.Linq;
using NooksOS.Contracts;
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
        _kernel.StartAndHear();
        byte[][] frames = [.. Enumerable.Range(0, 600).Select(_ => Frames.Random(_random, _kernel.Address))];

        foreach (byte[] frame in frames)
        {
            _kernel.Device.Arrive(frame);
        }

        _kernel.ServeInterrupts();
        Frames.AssertSame(frames[..447], _kernel.Received);
        Assert.Equal(600u - 447, _kernel.Driver.GetStatistics().Value.ReceiveDropped);
    }
}
