using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class BrokenContracts
{
    [Fact]
    public void AMalformedBatchIsRefusedAsAWhole()
    {
        NetworkRig rig = new NetworkRig().Boot();
        byte[] truncated = NetworkRig.Batch(1)[..^1];

        Assert.Equal(CallStatus.BadParameter, rig.StackHost.Transmit(rig.StackHandle, truncated).Status);
        Assert.Equal((0, 0), (rig.Shadow.GetShadowStatistics().TransmitQueued, rig.Shadow.GetShadowStatistics().ReceiveQueued));
    }

    [Fact]
    public void AHandleOfAnEarlierInstanceIsRefused()
    {
        NetworkRig rig = new NetworkRig().Boot();
        Handle<TrackedObjects.NetworkDevice> stale = rig.Device;
        rig.KillDriver();
        rig.StartDriver();

        Assert.Equal(CallStatus.BadHandle, rig.DriverHost.LinkChanged(stale, default).Status);
        Assert.Equal(CallStatus.BadHandle, rig.StackHost.Transmit(default, NetworkRig.Batch(1)).Status);
    }

    [Fact]
    public void CompletingMoreThanWasGivenIsAFault()
    {
        foreach (uint tooMany in new[] { 1u, uint.MaxValue })
        {
            NetworkRig rig = new NetworkRig().Boot();
            rig.SendFrom(0, 2);
            rig.Shadow.Pump();
            rig.Driver.Done = 2;
            rig.Interrupt();
            rig.Shadow.Pump();
            Assert.Empty(rig.Faults);

            rig.Driver.Done = tooMany;
            rig.Interrupt();
            rig.Shadow.Pump();
            Assert.Equal((NetworkRig.DriverDomain, FaultKind.BadReply), (rig.Faults[0].DomainId, rig.Faults[0].Kind));
        }
    }

    [Fact]
    public void TakingMoreThanWasOfferedIsAFault()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Stack.Overclaim = 9;
        rig.ReceiveFrom(0, 3);
        rig.Shadow.Pump();

        Assert.Equal((NetworkRig.StackDomain, FaultKind.BadReply), (rig.Faults[0].DomainId, rig.Faults[0].Kind));
    }

    // Trial e1000/37 of seed 1: a driver that always had more kept the thread that moves frames busy for ever, and nobody else ran.
    [Fact]
    public void ADriverThatAlwaysPromisesMoreAndBringsNothingIsFaulty()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Driver.HasMore = true;
        rig.Interrupt();
        for (int pump = 0; pump < 10 && rig.Faults.Count == 0; pump++)
        {
            rig.Shadow.Pump();
        }

        Assert.Equal((NetworkRig.DriverDomain, FaultKind.BadReply), (rig.Faults[0].DomainId, rig.Faults[0].Kind));
    }

    // Trial e1000/2966 of seed 11: told of the link in each exchange, the thread that moves frames asked again at once, and nobody else ran.
    [Fact]
    public void ADriverThatAlwaysTellsOfItsLinkAndBringsNothingIsFaulty()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Driver.Habit = () => rig.DriverHost.LinkChanged(rig.Device, new LinkState(true, true, 1000));
        rig.Interrupt();
        for (int pump = 0; pump < 200 && rig.Faults.Count == 0; pump++)
        {
            rig.Shadow.Pump();
        }

        Assert.Equal((NetworkRig.DriverDomain, FaultKind.BadReply), (rig.Faults[0].DomainId, rig.Faults[0].Kind));
    }

    [Fact]
    public void ADriverThatKeepsItsPromisesMayPromiseForLong()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Driver.HasMore = true;
        for (int number = 0; number < 200; number++)
        {
            rig.ReceiveFrom(number, 1);
            rig.Shadow.Pump();
        }

        Assert.Empty(rig.Faults);
    }

    [Theory]
    [InlineData(0ul, 1500u)]
    [InlineData(1ul, 1500u)]
    [InlineData(0x1_0000_0000_0000ul, 1500u)]
    [InlineData(2ul, 67u)]
    [InlineData(2ul, 1505u)]
    public void AnImpossibleDeviceIsRefused(ulong address, uint maximumTransmissionUnitBytes)
    {
        NetworkRig rig = new();
        rig.StartDriver();
        rig.KillDriver();

        Assert.Equal(
            CallStatus.BadParameter, rig.DriverHost.Register(new MacAddress(address), maximumTransmissionUnitBytes).Status);
    }
}
