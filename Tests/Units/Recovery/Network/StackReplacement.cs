using System.Linq;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class StackReplacement
{
    [Fact]
    public void FramesThatComeWhileTheStackIsAwayAreHeldInBounds()
    {
        NetworkRig rig = new NetworkRig(options: new() { ReceiveQueueFrames = 10 }).Boot();
        rig.KillStack();
        rig.ReceiveFrom(0, 12);
        rig.Shadow.Pump();
        Assert.Equal((10, 2ul), (rig.Shadow.GetShadowStatistics().ReceiveQueued, rig.Shadow.GetShadowStatistics().ReceiveDropped));
        rig.StartStack();
        rig.Shadow.Pump();

        Assert.Equal(Enumerable.Range(0, 10), rig.Received.Select(NetworkRig.NumberOf));
        Assert.Equal("attach 52:54:00:12:34:56 up", rig.Stack.Events[0]);
    }

    [Fact]
    public void TheDeviceGoesOnAndFramesTheDeadStackSentStillLeave()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.SendFrom(0, 3);
        rig.KillStack();
        rig.Shadow.Pump();
        rig.SendRing();

        Assert.Equal(3, rig.Wire.Sent.Count);
        Assert.Equal(1u, rig.Shadow.GetShadowStatistics().DriverInstances);
    }

    // Trials tcpip 3, 30 and 39 of seed 2 at the wrappers: what the registration stood for was given back at once, and nobody missed it.
    [Fact]
    public void AStackThatIsNotRegisteredAnyMoreWhenItHasStartedHasNotStarted()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillStack();
        rig.StartStack();
        rig.StackObjects.Release(rig.StackHandle.Slot, rig.StackHandle.Generation);
        Assert.Equal(CallStatus.NotFound, rig.Shadow.InstanceStarted(NetworkRig.StackDomain));
        Assert.Equal(CallStatus.Ok, rig.StartStack());
    }

    // It lived on, was called by nobody, and nobody missed it.
    [Fact]
    public void AStackThatIsNotRegisteredAnyMoreHasFailed()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.StackObjects.Release(rig.StackHandle.Slot, rig.StackHandle.Generation);
        FaultReport fault = Assert.Single(rig.Faults);
        Assert.Equal((NetworkRig.StackDomain, FaultKind.BadHandle), (fault.DomainId, fault.Kind));
        rig.KillStack();
        Assert.Equal(CallStatus.Ok, rig.StartStack());
        Assert.Single(rig.Faults);
    }

    // It kept the place, and was never given a frame.
    [Fact]
    public void NobodyRegistersWhoHasStartedWithoutThat()
    {
        NetworkRig rig = new();
        rig.StartStack();
        rig.KillStack();
        rig.Shadow.ExtensionGone(NetworkRig.StackDomain);
        HandleTable objects = new(200, ObjectQuotas.Default, new TrackerLedger());
        objects.NoteStarted();
        NetworkStackHostService late = new(rig.Shadow, NetworkRig.StackDomain, rig.Stack, new FakeExchange(), objects);
        Assert.Equal(CallStatus.NotSupported, late.Register().Status);
        Assert.Equal(CallStatus.Ok, rig.StartStack());
    }

    [Fact]
    public void TheStackIsToldTheTimeEveryTenMillisecondsWhileItHasADevice()
    {
        NetworkRig rig = new();
        rig.StartStack();
        rig.Clock.AdvanceMilliseconds(10);
        Assert.Equal(long.MaxValue, rig.Shadow.Pump());
        Assert.Empty(rig.Stack.Events);
        rig.StartDriver();
        for (int millisecond = 0; millisecond < 100; millisecond++)
        {
            Assert.True(rig.Shadow.Pump() <= rig.Clock.NowNanoseconds + (10 * FakeClock.Millisecond));
            rig.Clock.AdvanceMilliseconds(1);
        }

        Assert.Equal(10, rig.Stack.Events.Count(@event => @event == "timer"));
    }

    [Fact]
    public void AStackThatHasNotReturnedFromItsStartIsNotCalled()
    {
        NetworkRig rig = new();
        rig.StartDriver();
        FakeStack stack = new(rig.Received, () => DeathPoint.None);
        HandleTable objects = new(5, ObjectQuotas.Default, new());
        NetworkStackHostService host = new(rig.Shadow, 5, stack, new FakeExchange(), objects);
        host.Register();
        rig.Shadow.Pump();
        Assert.Empty(stack.Events);

        rig.Shadow.InstanceStarted(5);
        Assert.Single(stack.Events);
    }

    [Fact]
    public void AStackThatIsUnloadedLeavesNoFramesToTheNextOne()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.KillStack();
        rig.Shadow.ExtensionGone(NetworkRig.StackDomain);
        rig.ReceiveFrom(0, 5);
        rig.Shadow.Pump();
        rig.StartStack();
        rig.Shadow.Pump();

        Assert.Empty(rig.Received);
    }

    [Fact]
    public void NobodyElseTakesThePlaceOfAStackThatIsBeingReplaced()
    {
        NetworkRig rig = new NetworkRig().Boot();
        NetworkStackHostService other = new(
            rig.Shadow, 9, rig.Stack, new FakeExchange(), new HandleTable(9, ObjectQuotas.Default, new()));
        rig.KillStack();
        Assert.Equal(CallStatus.Busy, other.Register().Status);
        Assert.Equal(CallStatus.Ok, rig.StartStack());

        rig.KillStack();
        rig.Shadow.ExtensionGone(NetworkRig.StackDomain);
        Assert.Equal(CallStatus.Ok, other.Register().Status);
    }

    [Fact]
    public void ALinkThatChangesIsTold()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.DriverHost.LinkChanged(rig.Device, default);
        rig.Shadow.Pump();
        Assert.Equal("down", rig.Stack.Events[^1]);
        rig.DriverHost.LinkChanged(rig.Device, new LinkState(true, true, 1000));
        rig.Shadow.Pump();
        Assert.Equal("up", rig.Stack.Events[^1]);
    }
}
