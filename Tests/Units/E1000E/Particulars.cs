using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.E1000E;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.E1000E;

/// <summary>What the 82574L has and its predecessors have not.</summary>
public sealed class Particulars
{
    private const uint MasterDisable = 1u << 2;

    private readonly Random _random = new(30);
    private readonly IntelKernel _kernel = new(IntelFamily.E1000E);

    [Theory]
    [InlineData(E1000ERegisters.EepromControl, 0x0010u)]
    [InlineData(E1000ERegisters.ExtendedControl, 0x0018u)]
    [InlineData(E1000ERegisters.SecondReceiveDescriptorLength, 0x2908u)]
    [InlineData(E1000ERegisters.TransmitArbitration, 0x3840u)]
    [InlineData(E1000ERegisters.SecondTransmitDescriptorLength, 0x3908u)]
    [InlineData(E1000ERegisters.SecondTransmitArbitration, 0x3940u)]
    [InlineData(E1000ERegisters.ReceiveFilterControl, 0x5008u)]
    [InlineData(E1000ERegisters.MultipleReceiveQueues, 0x5818u)]
    internal void RegistersAreWhereTheDatasheetSays(IntelRegister register, uint offsetBytes)
        => Assert.Equal(offsetBytes, (uint)register);

    [Fact]
    public void TheSecondPairOfQueuesIsOff()
    {
        _kernel.Device.Scramble(_random);

        _kernel.StartAndOpen();

        Assert.Equal(0u, _kernel.Device[E1000ERegisters.SecondReceiveDescriptorLength]);
        Assert.Equal(0u, _kernel.Device[E1000ERegisters.SecondTransmitDescriptorLength]);
        Assert.Equal(0u, _kernel.Device[E1000ERegisters.SecondTransmitArbitration] & (uint)TransmitArbitration.Enable);
        Assert.Equal(0u, _kernel.Device[E1000ERegisters.MultipleReceiveQueues]);
    }

    [Fact]
    public void TheFirmwareIsToldOfTheDriverAsLongAsThereIsOne()
    {
        _kernel.StartAndOpen();
        Assert.NotEqual(0u, _kernel.Device[E1000ERegisters.ExtendedControl] & (uint)ExtendedControl.DriverLoaded);

        _kernel.Driver.Stop();
        Assert.Equal(0u, _kernel.Device[E1000ERegisters.ExtendedControl] & (uint)ExtendedControl.DriverLoaded);
    }

    [Fact]
    public void TheBusIsGivenBackAfterTheReset()
    {
        _kernel.StartAndOpen();

        Assert.Equal(0u, _kernel.Device[IntelRegister.DeviceControl] & MasterDisable);
    }

    [Fact]
    public void ADeviceThatDoesNotLeaveTheBusIsResetAllTheSame()
    {
        _kernel.Device.ReadFilter = (offset, value) => offset == (uint)IntelRegister.DeviceStatus ? value | (1u << 19) : value;

        _kernel.StartAndOpen();

        Assert.Equal(_kernel.Address, _kernel.Registered);
    }

    [Fact]
    public void FramesThatFindNoDescriptorWaitInTheEmulatorToo()
    {
        _kernel.StartAndHear();
        byte[][] frames = [.. Enumerable.Range(0, 600).Select(_ => Frames.Random(_random, _kernel.Address))];

        foreach (byte[] frame in frames)
        {
            _kernel.Device.Arrive(frame);
        }

        _kernel.ServeInterrupts();
        Frames.AssertSame(frames, _kernel.Received);
    }

    [Fact]
    public void DescriptorsOfAnotherFormatAreNotTakenOver()
    {
        IntelKernel kernel = new(IntelFamily.E1000E, DeviceBehavior.AsEmulated);
        kernel.Device[E1000ERegisters.ReceiveFilterControl] = 1u << 15;
        kernel.Device[E1000ERegisters.MultipleReceiveQueues] = 1;
        kernel.StartAndHear();

        kernel.Device.Arrive(Frames.Random(_random, kernel.Address));
        kernel.ServeInterrupts();

        Assert.Single(kernel.Received);
        Assert.Empty(kernel.Device.Complaints);
    }
}
