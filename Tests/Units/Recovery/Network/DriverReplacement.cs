using System.Linq;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class DriverReplacement
{
    [Fact]
    public void FramesInFlightAreDroppedAndQueuedOnesGoOn()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.SendFrom(0, 12);
        rig.Shadow.Pump();
        Assert.Equal((8ul, 4), (rig.Shadow.GetShadowStatistics().TransmitInFlight, rig.Shadow.GetShadowStatistics().TransmitQueued));

        rig.KillDriver();
        Assert.Equal(2u, rig.SendFrom(12, 2));
        rig.StartDriver();
        rig.Shadow.Pump();
        rig.SendRing();

        Assert.Equal(Enumerable.Range(8, 6), rig.Wire.Sent.Select(NetworkRig.NumberOf));
        Assert.Equal(8ul, rig.Shadow.GetShadowStatistics().TransmitLost);
        Assert.Equal(2u, rig.Shadow.GetShadowStatistics().DriverInstances);
    }

    [Fact]
    public void ConfigurationSetWhileTheDriverIsAwayIsReplayed()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillDriver();

        Assert.True(rig.Shadow.SetReceiveMode(ReceiveMode.AllMulticast).Succeeded);
        Assert.True(rig.Shadow.SetMulticastList([new MacAddress(3), new MacAddress(5)]).Succeeded);
        Assert.True(rig.Shadow.Link.IsUp);
        Assert.NotNull(rig.Shadow.Device);
        rig.StartDriver();

        Assert.Equal(ReceiveMode.AllMulticast, rig.Driver.OpenMode);
        Assert.Equal([new MacAddress(3), new MacAddress(5)], rig.Driver.Multicast);
    }

    [Fact]
    public void AClosedDeviceStaysClosed()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Shadow.Close();
        rig.KillDriver();
        rig.StartDriver();
        rig.SendFrom(0, 1);
        rig.Shadow.Pump();

        Assert.Null(rig.Driver.OpenMode);
        Assert.Equal(0, rig.Driver.InRing);
        rig.Shadow.Open(ReceiveMode.Normal);
        rig.Shadow.Pump();
        Assert.Equal(1, rig.Driver.InRing);
    }

    [Fact]
    public void TheQueueIsBounded()
    {
        NetworkRig rig = new NetworkRig(options: new() { TransmitQueueFrames = 10, ReceiveQueueFrames = 10 }).Boot();
        rig.KillDriver();

        Assert.Equal(10u, rig.SendFrom(0, 15));
        Assert.Equal(5ul, rig.Shadow.GetShadowStatistics().TransmitDropped);
    }

    [Fact]
    public void TheCountersGoOn()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Driver.Statistics = new NetworkStatistics(1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal(1ul, rig.Shadow.GetStatistics().FramesReceived);
        rig.KillDriver();
        Assert.Equal(8ul, rig.Shadow.GetStatistics().Interrupts);
        rig.StartDriver(driver => driver.Statistics = new NetworkStatistics(10, 0, 0, 0, 0, 0, 0, 0));

        Assert.Equal(new NetworkStatistics(11, 2, 3, 4, 5, 6, 7, 8), rig.Shadow.GetStatistics());
    }

    [Fact]
    public void ALinkThatComesBackWithinItsGraceWasNeverDown()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillDriver();
        rig.StartDriver(driver => driver.Link = default);
        rig.SendFrom(0, 1);
        rig.Shadow.Pump();
        Assert.True(rig.Shadow.Link.IsUp);
        Assert.Equal(0, rig.Driver.InRing);

        rig.DriverHost.LinkChanged(rig.Device, new LinkState(true, true, 1000));
        rig.Shadow.Pump();

        Assert.Equal(1, rig.Driver.InRing);
        Assert.DoesNotContain("down", rig.Stack.Events);
    }

    [Fact]
    public void ALinkThatStaysDownIsToldInTheEnd()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillDriver();
        rig.StartDriver(driver => driver.Link = default);
        rig.Clock.AdvanceMilliseconds(3000);
        rig.Shadow.Pump();
        rig.Shadow.Pump();

        Assert.Equal("down", rig.Stack.Events.Last(@event => @event != "timer"));
        Assert.False(rig.Shadow.Link.IsUp);
    }

    [Fact]
    public void ALinkEventThatWasLostIsFoundByReading()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillDriver();
        rig.StartDriver(driver => driver.Link = default);
        rig.SendFrom(0, 1);
        rig.Driver.Link = new LinkState(true, true, 100);
        rig.Clock.AdvanceMilliseconds(100);
        rig.Shadow.Pump();
        rig.Shadow.Pump();

        Assert.Equal(1, rig.Driver.InRing);
    }

    [Fact]
    public void AnInstanceThatDoesNotFindItsDeviceIsAFailedRestart()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillDriver();

        Assert.Equal(CallStatus.NotFound, rig.Shadow.InstanceStarted(NetworkRig.DriverDomain));
        Assert.Equal(CallStatus.Ok, rig.Shadow.InstanceStarted(77));
    }

    [Fact]
    public void ADriverThatIsGoneForGoodIsTakenFromTheStack()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillDriver();
        rig.Shadow.ExtensionGone(NetworkRig.DriverDomain);
        rig.Shadow.Pump();
        Assert.Equal("detach", rig.Stack.Events[^1]);
        Assert.Equal(CallStatus.NotFound, rig.StackHost.Transmit(rig.StackHandle, NetworkRig.Batch(1)).Status);

        rig.StartDriver();
        rig.Shadow.Pump();
        Assert.Equal("attach 52:54:00:12:34:56 up", rig.Stack.Events.Last(@event => @event != "timer"));
    }

    [Fact]
    public void AnotherDeviceGetsNoFramesOfTheOldOne()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillDriver();
        rig.SendFrom(0, 3);
        rig.Address = new MacAddress(0x0200);
        rig.StartDriver();
        rig.Shadow.Pump();

        Assert.Equal(0, rig.Driver.InRing);
        Assert.Equal("attach 00:02:00:00:00:00 up", rig.Stack.Events.Last(@event => @event != "timer"));
    }

    [Fact]
    public void ASecondDriverHasToWait()
    {
        NetworkRig rig = new NetworkRig().Boot();

        Assert.Equal(CallStatus.Busy, rig.DriverHost.Register(rig.Address, 1500).Status);
        Assert.Equal(CallStatus.Busy, rig.StackHost.Register().Status);
        Assert.Equal(1u, rig.DriverObjects.Count);
    }

    [Fact]
    public void NobodyElseTakesThePlaceOfADriverThatIsBeingReplaced()
    {
        NetworkRig rig = new NetworkRig().Boot();
        NetworkDeviceHostService other = new(
            rig.Shadow, 9, rig.Driver, new FakeExchange(), new HandleTable(9, ObjectQuotas.Default, new()), () => 1);
        rig.KillDriver();
        Assert.Equal(CallStatus.Busy, other.Register(rig.Address, 1500).Status);
        Assert.Equal(CallStatus.Ok, rig.StartDriver());

        rig.KillDriver();
        rig.Shadow.ExtensionGone(NetworkRig.DriverDomain);
        Assert.Equal(CallStatus.Ok, other.Register(rig.Address, 1500).Status);
    }
}
