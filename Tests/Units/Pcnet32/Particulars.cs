using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Pcnet32;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.Pcnet32;

/// <summary>What only this device has.</summary>
public sealed class Particulars
{
    private const uint Own = 1u << 31;
    private const uint EndOfPacket = 1u << 24;

    private readonly Random _random = new(40);
    private readonly Pcnet32Kernel _kernel = new();

    private Span<ReceiveDescriptor> Descriptors => _kernel.Memory.Live[1].As<ReceiveDescriptor>();

    [Fact]
    public void MemoryThatTheDeviceCannotReachIsRefused()
    {
        FakeKernel<Pcnet32Model> kernel = new(
            (memory, clock, address) => new Pcnet32Model(DeviceBehavior.AsEmulated, memory, clock, address), () => new Pcnet32Driver());

        Assert.Equal(CallStatus.Failed, kernel.Driver.Start(kernel).Status);
        Assert.Contains("4 GiB", Assert.Single(kernel.Lines));
    }

    [Fact]
    public void AFrameThatTheDeviceStillWritesIsWaitedFor()
    {
        _kernel.StartAndHear();
        byte[] frame = Frames.Random(_random, _kernel.Address);
        _kernel.Device.Arrive(frame);
        uint status = Descriptors[0].Status;
        uint length = Descriptors[0].Length;
        Assert.Equal(0u, status & Own);

        Descriptors[0].Status = status & ~EndOfPacket;
        _kernel.Interrupt();
        Assert.Empty(_kernel.Received);

        Descriptors[0].Status = status;
        Descriptors[0].Length = 0;
        _kernel.Device.RaiseReceive();
        _kernel.Interrupt();
        Assert.Empty(_kernel.Received);

        Descriptors[0].Length = length;
        _kernel.Device.RaiseReceive();
        _kernel.Interrupt();
        Assert.Equal(frame, Assert.Single(_kernel.Received));
        Assert.Equal(0u, _kernel.Driver.GetStatistics().Value.ReceiveErrors);
    }

    [Fact]
    public void AFilterIsChangedWithoutLosingWhatIsOnItsWay()
    {
        _kernel.StartAndHear();
        byte[] frame = Frames.Random(_random, _kernel.Address);
        _kernel.Device.Arrive(frame);
        _kernel.Device.TransmitsLater = true;
        _kernel.Transmit(frame);

        Assert.Equal(CallStatus.Ok, _kernel.Driver.SetReceiveMode(ReceiveMode.Promiscuous).Status);

        _kernel.Device.TransmitPending();
        _kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(_kernel.Received));
        Assert.Equal(frame, Assert.Single(_kernel.Device.Sent));
        Assert.Empty(_kernel.Device.Complaints);
    }

    [Fact]
    public void ADeviceThatDoesNotPauseIsBroughtUpAnewForAFilter()
    {
        _kernel.StartAndHear();
        _kernel.Device.ReadFilter = (_, value) =>
            _kernel.Device.Selected == ControlRegister.ExtendedControl ? value & ~(uint)ExtendedControl.Suspend : value;

        Assert.Equal(CallStatus.Ok, _kernel.Driver.SetReceiveMode(ReceiveMode.Promiscuous).Status);

        byte[] frame = Frames.Random(_random, new MacAddress(0x0000_6655_4433_2250));
        _kernel.Device.Arrive(frame);
        _kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(_kernel.Received));
    }

    [Fact]
    public void ADeviceThatDoesNotTakeItsInitializationIsNotOpen()
    {
        Assert.Equal(CallStatus.Ok, _kernel.Driver.Start(_kernel).Status);
        _kernel.Device.ReadFilter = (offset, value) =>
            offset == (uint)WindowOffset.DataPort ? value & ~(uint)ControllerStatus.InitializationDone : value;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Open(ReceiveMode.Normal).Status);
        Assert.False(_kernel.Memory.IsBusMaster);

        _kernel.Device.ReadFilter = null;
        Assert.Equal(CallStatus.Ok, _kernel.Driver.Open(ReceiveMode.Normal).Status);
    }

    [Fact]
    public void TheAddressCannotBeOverwrittenLater()
    {
        _kernel.Device[BusRegister.Miscellaneous] = 0x0102;

        _kernel.StartAndOpen();

        Assert.Equal((ushort)Miscellaneous.AutoSelect, _kernel.Device[BusRegister.Miscellaneous]);
    }
}
