using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Rtl8139;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.Rtl8139;

/// <summary>What only this device has.</summary>
public sealed class Particulars
{
    private readonly Random _random = new(41);
    private readonly Rtl8139Kernel _kernel = new();

    [Theory]
    [InlineData(0x7400_0000u)]
    [InlineData(0x7480_0000u | (1u << 22))]
    [InlineData(0u)]
    public void AChipWithoutDescriptorsIsRefused(uint version)
    {
        _kernel.Device.ChipVersion = version;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Start(_kernel).Status);
        Assert.Single(_kernel.Lines);
    }

    [Fact]
    public void AnAddressThatAPredecessorOverwroteIsLoadedFromTheEeprom()
    {
        Rtl8139Kernel kernel = new(DeviceBehavior.ByTheManual);
        kernel.Device[Rtl8139Register.StationAddress] = 0x11223344;

        kernel.StartAndOpen();

        Assert.Equal(kernel.Address, kernel.Registered);
        Assert.Empty(kernel.Device.Complaints);
    }

    [Fact]
    public void ADeviceWhoseResetDoesNotEndIsNotWaitedForForEver()
    {
        _kernel.Device.ReadFilter = (offset, value) => offset == (uint)Rtl8139Register.Command ? value | (uint)ChipCommand.Reset : value;
        long before = _kernel.Clock.Nanoseconds;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Start(_kernel).Status);

        Assert.InRange(_kernel.Clock.Nanoseconds - before, 0, 20_000_000);
    }

    [Fact]
    public void ATimerThatAPredecessorStartedIsStopped()
    {
        _kernel.Device[Rtl8139Register.TimerInterrupt] = 1000;

        _kernel.StartAndOpen();

        Assert.Equal(0u, _kernel.Device[Rtl8139Register.TimerInterrupt]);
    }
}
