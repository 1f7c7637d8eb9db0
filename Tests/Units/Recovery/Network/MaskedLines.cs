using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>The line of the device is masked from its interrupt until an exchange has found nothing left.</summary>
public sealed class MaskedLines
{
    [Fact]
    public void ALineThatWasServedIsReleasedOnceAndTheWorkIsCounted()
    {
        NetworkRig rig = new NetworkRig().Boot();
        for (int number = 0; number < 3; number++)
        {
            rig.ReceiveFrom(number, 1);
            Assert.Equal(number, rig.Line.Releases.Count);
            rig.Shadow.Pump();
        }

        Assert.Equal(3, rig.Received.Count);
        Assert.Equal(3, rig.Line.Releases.Count);
        Assert.Equal(rig.Line.Releases.Distinct().Order(), rig.Line.Releases);
    }

    [Fact]
    public void InterruptsThatBringNothingAreReleasedWithoutWork()
    {
        // By which the storm of a device that is not made to let go is told from load.
        NetworkRig rig = new NetworkRig().Boot();
        rig.Driver.IsSilent = true;
        for (int interrupt = 0; interrupt < 5; interrupt++)
        {
            Assert.True(rig.Interrupt());
            rig.Shadow.Pump();
        }

        Assert.Equal(5, rig.Line.Releases.Count);
        Assert.Single(rig.Line.Releases.Distinct());
    }

    [Fact]
    public void WhatTheDeviceHasSentCountsAsWork()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Interrupt();
        rig.Shadow.Pump();
        rig.SendFrom(0, 1);
        rig.Shadow.Pump();
        rig.SendRing();
        rig.Shadow.Pump();

        Assert.Equal(2, rig.Line.Releases.Distinct().Count());
    }

    [Fact]
    public void ALineOfADeadDriverIsNotReleased()
    {
        NetworkRig rig = new NetworkRig().Boot();
        Assert.True(rig.Interrupt());
        rig.KillDriver();
        Assert.False(rig.Interrupt());
        rig.Shadow.Pump();
        rig.StartDriver();
        rig.Shadow.Pump();

        Assert.Empty(rig.Line.Releases);
    }

    [Fact]
    public void ADriverThatDiesInItsExchangeKeepsItsLineMasked()
    {
        DeathPoint death = DeathPoint.None;
        NetworkRig rig = new NetworkRig(driverCall: () => death).Boot();
        death = DeathPoint.BeforeTheWork;
        rig.Interrupt();
        rig.Shadow.Pump();
        rig.KillDriver();
        rig.Shadow.Pump();

        Assert.DoesNotContain(rig.Line.Releases, work => work != 0);
    }

    [Fact]
    public void ALineThatOthersUseIsReleasedThoughFramesAreLeft()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Driver.HasMore = true;
        rig.ReceiveFrom(0, 1);
        rig.Shadow.Pump();
        Assert.Empty(rig.Line.Releases);

        rig.Line.IsShared = true;
        rig.Shadow.Pump();
        Assert.Single(rig.Line.Releases);
    }

    [Fact]
    public void ALineOfSomebodyElseIsNotTaken()
    {
        NetworkRig rig = new NetworkRig().Boot();
        Assert.False(rig.Shadow.TryTakeLine(NetworkRig.StackDomain, rig.Line));
        Assert.False(rig.Shadow.TryTakeLine(77, rig.Line));
    }

    [Fact]
    public void AnInterruptBeforeTheDriverIsReadyIsServedOnceItIs()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillDriver();
        rig.StartDriver(driver => rig.Shadow.TryTakeLine(NetworkRig.DriverDomain, rig.Line));
        Assert.True(rig.Interrupt());
        rig.Shadow.Pump();

        Assert.Single(rig.Line.Releases);
    }

    [Fact]
    public void WhatHadToBeGivenUpForAChangeIsAskedFor()
    {
        // A driver that starts its device over gives frames up, and no interrupt ever tells of them.
        NetworkRig rig = new NetworkRig().Boot();
        rig.SendFrom(0, 2);
        rig.Shadow.Pump();
        rig.Shadow.SetReceiveMode(ReceiveMode.Promiscuous);
        rig.Driver.Done = 2;
        rig.Shadow.Pump();

        Assert.Equal(0ul, rig.Shadow.GetShadowStatistics().TransmitInFlight);
    }

    [Fact]
    public void FramesThatCannotBeAreAFaultOfTheDriver()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Driver.Arrived = [.. NetworkRig.Batch(1), 0, 0];
        rig.Interrupt();
        rig.Shadow.Pump();

        Assert.Equal([1], rig.Received.Select(NetworkRig.NumberOf));
        Assert.Equal((NetworkRig.DriverDomain, FaultKind.BadReply), (rig.Faults[0].DomainId, rig.Faults[0].Kind));
    }
}
