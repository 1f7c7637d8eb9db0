using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>One side dies at its n-th call, for each n, before or after the work of the call. The other side must not notice.</summary>
public sealed class DeathAtEveryCall
{
    private const int Frames = 120;
    private const int Calls = 60;

    [Theory]
    [InlineData(DeathPoint.BeforeTheWork)]
    [InlineData(DeathPoint.AfterTheWork)]
    public void OfTheDriverLosesAtMostWhatItHadAndDuplicatesNothing(DeathPoint death)
    {
        for (int dyingCall = 0; dyingCall < Calls; dyingCall++)
        {
            int call = 0;
            NetworkRig rig = new(driverCall: () => call++ == dyingCall ? death : DeathPoint.None);
            rig.Boot();
            RestartDriverIfDead(rig);
            rig.Shadow.SetReceiveMode(ReceiveMode.Promiscuous);
            RestartDriverIfDead(rig);
            rig.Shadow.SetMulticastList([new MacAddress(1)]);
            RestartDriverIfDead(rig);
            for (int number = 0; number < Frames; number++)
            {
                Assert.Equal(1u, rig.SendFrom(number, 1));
                rig.Shadow.Pump();
                RestartDriverIfDead(rig);
                if (number % 3 == 0)
                {
                    rig.SendRing();
                }
            }

            rig.Shadow.Pump();
            RestartDriverIfDead(rig);
            rig.SendRing();
            while (rig.Driver.InRing != 0 || rig.Shadow.GetShadowStatistics().TransmitQueued != 0)
            {
                rig.Shadow.Pump();
                rig.SendRing();
            }

            rig.Shadow.Pump();
            NetworkShadowStatistics statistics = rig.Shadow.GetShadowStatistics();
            AssertIntact(rig.Wire.Sent);
            Assert.Equal(0ul, statistics.TransmitInFlight);
            Assert.True(Frames - rig.Wire.Sent.Count <= (int)statistics.TransmitLost);
            Assert.True(statistics.TransmitLost <= 8 + 1);
            Assert.Equal(ReceiveMode.Promiscuous, rig.Driver.OpenMode);
            Assert.Equal([new MacAddress(1)], rig.Driver.Multicast);
            Assert.Empty(rig.Faults);

            // If the driver died it is told once more that the link is up, because frames may be lost.
            string[] told = [.. rig.Stack.Events.Where(@event => @event != "timer")];
            Assert.Equal("attach 52:54:00:12:34:56 up", told[0]);
            Assert.All(told[1..], @event => Assert.Equal("up", @event));
        }
    }

    [Theory]
    [InlineData(DeathPoint.BeforeTheWork)]
    [InlineData(DeathPoint.AfterTheWork)]
    public void OfTheStackLosesAtMostOneBatchAndDuplicatesNothing(DeathPoint death)
    {
        for (int dyingCall = 0; dyingCall < Calls; dyingCall++)
        {
            int call = 0;
            NetworkRig rig = new(stackCall: () => call++ == dyingCall ? death : DeathPoint.None);
            rig.Boot();
            RestartStackIfDead(rig);
            for (int number = 0; number < Frames; number++)
            {
                rig.ReceiveFrom(number, 1);
                if (number % 5 == 4)
                {
                    rig.Clock.AdvanceMilliseconds(3);
                    rig.Shadow.Pump();
                    RestartStackIfDead(rig);
                }
            }

            rig.Shadow.Pump();
            AssertIntact(rig.Received);
            Assert.InRange(rig.Received.Count, Frames - 5, Frames);
            Assert.Empty(rig.Faults);
            Assert.Equal(rig.StackHandle, rig.Stack.Handle);
            Assert.Equal(ReceiveMode.Normal, rig.Driver.OpenMode);
        }
    }

    private static void RestartDriverIfDead(NetworkRig rig)
    {
        if (rig.Driver.IsDead)
        {
            // The device had the frames already and sends them although its driver is dead: none may be sent again.
            rig.Driver.Send();
            rig.KillDriver();
            Assert.Equal(CallStatus.Ok, rig.StartDriver());
            rig.Shadow.Pump();
        }
    }

    private static void RestartStackIfDead(NetworkRig rig)
    {
        if (rig.Stack.IsDead)
        {
            rig.KillStack();
            Assert.Equal(CallStatus.Ok, rig.StartStack());
            rig.Shadow.Pump();
        }
    }

    private static void AssertIntact(List<byte[]> frames)
    {
        List<int> numbers = frames.ConvertAll(NetworkRig.NumberOf);
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.All(frames, frame => Assert.Equal(NetworkRig.Frame(NetworkRig.NumberOf(frame)), frame));
    }
}
