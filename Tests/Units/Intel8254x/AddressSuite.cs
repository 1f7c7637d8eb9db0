using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>Where the station address comes from.</summary>
public abstract class AddressSuite
{
    private readonly IntelKernel _kernel;

    private protected AddressSuite(IntelFamily family) => _kernel = new IntelKernel(family);

    [Fact]
    public void AnAddressThatAPredecessorOverwroteIsReadFromTheEeprom()
    {
        _kernel.Device[IntelRegister.ReceiveAddressLow] = 0x11223344;

        _kernel.StartAndHear();

        Assert.Equal(_kernel.Address, _kernel.Registered);
        byte[] frame = Frames.Random(new Random(1), _kernel.Address);
        _kernel.Device.Arrive(frame);
        _kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(_kernel.Received));
    }

    [Fact]
    public void WithoutAnEepromTheReceiveAddressIsTaken()
    {
        _kernel.Device.HasEeprom = false;

        Assert.Equal(CallStatus.Ok, _kernel.Driver.Start(_kernel).Status);

        Assert.Equal(_kernel.Address, _kernel.Registered);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0x00000001u, 0u)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    public void AnImpossibleAddressIsRefused(uint low, uint high)
    {
        _kernel.Device.HasEeprom = false;
        _kernel.Device[IntelRegister.ReceiveAddressLow] = low;
        _kernel.Device[IntelRegister.ReceiveAddressHigh] = high;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Start(_kernel).Status);
        Assert.Null(_kernel.Registered);
    }

    [Fact]
    public void AddressesThatAPredecessorLeftDoNotPass()
    {
        MacAddress stranger = MacAddress.Read([0x52, 0x54, 0x00, 0x65, 0x43, 0x21]);
        IntelRegister lastPair = IntelRegister.ReceiveAddressLow + (8 * 15);
        _kernel.Device[lastPair] = (uint)stranger.Bits;
        _kernel.Device[lastPair + 4] = (uint)(stranger.Bits >> 32) | (uint)ReceiveAddressHigh.Valid;
        _kernel.StartAndHear();

        _kernel.Device.Arrive(Frames.Random(new Random(2), stranger));
        _kernel.ServeInterrupts();

        Assert.Empty(_kernel.Received);
    }

    [Fact]
    public void ArpRequestsAreNotLeftToTheManagementController()
    {
        _kernel.Device[IntelRegister.ManagementControl] = (uint)ManagementControl.InterceptArp | 1;

        _kernel.StartAndOpen();

        Assert.Equal(1u, _kernel.Device[IntelRegister.ManagementControl]);
    }
}
