using System;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>A device that cannot be asked which slot it fills next is watched by what it announces.</summary>
public abstract class WatchedReceiverSuite : DriverSuite
{
    private readonly int _receiveSlots;

    private protected WatchedReceiverSuite(Func<DeviceBehavior, FakeKernel> makeKernel, uint receiveSlots)
        : base(makeKernel, seed: 40)
        => _receiveSlots = (int)receiveSlots;

    [Fact]
    public void ADeviceThatLooksAtAnotherSlotIsBroughtUpAnew()
    {
        FakeKernel kernel = MakeHearingKernel();
        LeadAstray(kernel, slot: (uint)_receiveSlots / 4);
        for (int count = 0; count < _receiveSlots + 2; count++)
        {
            kernel.Simulated.Arrive(Frames.Make(Random, kernel.Address, 60));
            kernel.ServeInterrupts();
        }

        Assert.True(kernel.Driver.GetStatistics().Value.ReceiveErrors >= 1);
        AssertTrafficFlows(kernel);
    }

    [Fact]
    public void FramesThatFoundNoSlotAreCountedOnceThoughTheCounterWrapsAround()
    {
        FakeKernel kernel = MakeHearingKernel();
        PrepareToWrap(kernel);
        kernel.Driver.Close();
        kernel.Driver.Open(ReceiveMode.Normal);
        kernel.WaitUntilHearing();
        ulong before = kernel.Driver.GetStatistics().Value.ReceiveDropped;
        for (int count = 0; count < _receiveSlots + 5; count++)
        {
            kernel.Simulated.Arrive(Frames.Make(Random, kernel.Address, 60));
        }

        kernel.ServeInterrupts();

        Assert.Equal(5u, kernel.Driver.GetStatistics().Value.ReceiveDropped - before);
        Assert.Equal(5u, kernel.Driver.GetStatistics().Value.ReceiveDropped - before);
        Assert.Equal(_receiveSlots, kernel.Received.Count);
    }

    [Fact]
    public void ADeviceThatLostTheBusIsBroughtUpAnew()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.Simulated.TransmitsLater = true;
        kernel.Transmit(Frames.Random(Random, MacAddress.Broadcast));
        kernel.Memory.IsBusMaster = false;
        kernel.Simulated.Arrive(Frames.Random(Random, kernel.Address));

        kernel.ServeInterrupts();

        Assert.True(kernel.Memory.IsBusMaster);
        Assert.Equal(1u, kernel.Completed);
        kernel.Simulated.TransmitsLater = false;
        AssertTrafficFlows(kernel);
    }

    /// <summary>Has the device fill another slot next than the driver thinks.</summary>
    private protected abstract void LeadAstray(FakeKernel kernel, uint slot);

    /// <summary>Sets the device's counter of frames without a slot to two less than where it begins anew.</summary>
    private protected abstract void PrepareToWrap(FakeKernel kernel);
}
