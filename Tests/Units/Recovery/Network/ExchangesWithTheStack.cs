using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>What comes back from the stack with an exchange: frames to send, which are believed no more than those of a call.</summary>
public sealed class ExchangesWithTheStack
{
    [Fact]
    public void FramesOfTheAnswerAreSentInOrder()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Stack.Outgoing = Frames(0, 5);
        rig.ReceiveFrom(100, 1);
        rig.Shadow.Pump();
        rig.SendRing();

        Assert.Equal(Enumerable.Range(0, 5), rig.Wire.Sent.Select(NetworkRig.NumberOf));
        Assert.All(rig.Wire.Sent, frame => Assert.Equal(NetworkRig.Frame(NetworkRig.NumberOf(frame)), frame));
        Assert.Empty(rig.Faults);
    }

    [Fact]
    public void FramesBeforeWhatIsNoFrameAreSentAndTheRestIsAFault()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Stack.Outgoing = [.. Frames(0, 2), 0, 0, 1];
        rig.ReceiveFrom(100, 1);
        rig.Shadow.Pump();
        rig.SendRing();

        Assert.Equal([0, 1], rig.Wire.Sent.Select(NetworkRig.NumberOf));
        AssertBadReply(rig);
    }

    [Theory]
    [InlineData((uint)PacketBatch.ExchangeBytes + 1)]
    [InlineData(uint.MaxValue)]
    public void AnAnswerLongerThanItsRoomIsAFault(uint claimedBytes)
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Stack.ClaimedOutgoingBytes = claimedBytes;
        rig.ReceiveFrom(100, 1);
        rig.Shadow.Pump();
        rig.SendRing();

        Assert.Empty(rig.Wire.Sent);
        AssertBadReply(rig);
    }

    [Fact]
    public void WhatADyingStackHasWrittenIsNotSent()
    {
        DeathPoint death = DeathPoint.None;
        NetworkRig rig = new NetworkRig(stackCall: () => death).Boot();
        rig.Stack.Outgoing = Frames(0, 3);
        rig.ReceiveFrom(100, 1);
        death = DeathPoint.AfterTheWork;
        rig.Shadow.Pump();
        rig.SendRing();

        Assert.Empty(rig.Wire.Sent);
        Assert.Empty(rig.Faults);
    }

    [Fact]
    public void WhatTheLastInstanceHasWrittenIsNotSentForTheNextOne()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.Stack.Outgoing = Frames(0, 3);
        rig.ReceiveFrom(100, 1);
        rig.Shadow.Pump();
        rig.KillStack();
        rig.StartStack();
        rig.ReceiveFrom(101, 1);
        rig.Shadow.Pump();
        rig.SendRing();

        Assert.Equal([0, 1, 2], rig.Wire.Sent.Select(NetworkRig.NumberOf));
    }

    [Fact]
    public void TheInstanceSeesTheMemoryForAsLongAsItLives()
    {
        NetworkRig rig = new NetworkRig().Boot();
        Assert.True(rig.StackExchange.IsOpen);
        rig.KillStack();
        Assert.False(rig.StackExchange.IsOpen);
        rig.StartStack();
        Assert.True(rig.StackExchange.IsOpen);
    }

    [Fact]
    public void AStackThatCannotSeeTheMemoryIsNotTaken()
    {
        NetworkRig rig = new();
        rig.StackExchange.IsMemoryShort = true;
        HandleTable objects = new(5, ObjectQuotas.Default, new());
        NetworkStackHostService host = new(rig.Shadow, 5, new FakeStack([], () => DeathPoint.None), rig.StackExchange, objects);
        Assert.Equal(CallStatus.OutOfResources, host.Register().Status);
        rig.StackExchange.IsMemoryShort = false;
        Assert.True(host.Register().Succeeded);
    }

    private static byte[] Frames(int first, int count)
        => [.. Enumerable.Range(first, count).SelectMany(number => (IEnumerable<byte>)NetworkRig.Batch(number))];

    private static void AssertBadReply(NetworkRig rig)
        => Assert.Equal((NetworkRig.StackDomain, FaultKind.BadReply), (rig.Faults[0].DomainId, rig.Faults[0].Kind));
}
