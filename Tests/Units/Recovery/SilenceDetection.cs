using System;
using NooksOS.Contracts;
using NooksOS.Recovery;
using NooksOS.Tests.Units.Recovery.Network;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class SilenceDetection
{
    private const long Millisecond = FakeClock.Millisecond;

    [Fact]
    public void WorkThatWaitsWhileNoneIsDoneIsSilence()
    {
        ProgressWatch watch = new(60 * Millisecond, 2);
        ProgressSample waiting = new() { IsActive = true, Pending = 1, Completed = 0 };

        Assert.False(watch.IsSilent(waiting, 0));
        Assert.False(watch.IsSilent(waiting, 59 * Millisecond));
        Assert.True(watch.IsSilent(waiting, 60 * Millisecond));
    }

    // Trials e1000 13, 234, 412, 424, 460 and 539 of seed 11 were found a few milliseconds too late.
    [Fact]
    public void WhereItIsUrgentSilenceIsFoundSoonerByFewerLooks()
    {
        ProgressWatch watch = new(60 * Millisecond, 6);
        ProgressSample waiting = new() { IsActive = true, IsUrgent = true, Pending = 1, Completed = 0 };

        Assert.False(watch.IsSilent(waiting, 0));
        for (int look = 1; look < 4; look++)
        {
            Assert.False(watch.IsSilent(waiting, look * 300 * Millisecond));
        }

        Assert.True(watch.IsSilent(waiting, 1200 * Millisecond));
        watch.Reset();
        Assert.False(watch.IsSilent(waiting, 1300 * Millisecond));
        for (int look = 1; look <= 10; look++)
        {
            Assert.False(watch.IsSilent(waiting, (1300 + (look * 3)) * Millisecond));
        }

        Assert.True(watch.IsSilent(waiting, 1340 * Millisecond));
    }

    // Trials ahci 234 and 328 of seed 14: a disk had shown that it may take long, and what its driver lost was waited for twice.
    [Theory]
    [InlineData(0, 6)]
    [InlineData(20, 4)]
    [InlineData(30, 3)]
    [InlineData(1000, 3)]
    public void WhatWasWaitedForBeforeIsSparedUpToHalf(int borneMilliseconds, int looks)
    {
        ProgressWatch watch = new(60 * Millisecond, 6);
        ProgressSample waiting = new() { IsActive = true, Pending = 1, Completed = 0, BorneNanoseconds = borneMilliseconds * Millisecond };
        for (int look = 0; look < looks; look++)
        {
            Assert.False(watch.IsSilent(waiting, look * 10 * Millisecond));
        }

        Assert.True(watch.IsSilent(waiting, looks * 10 * Millisecond));
    }

    [Fact]
    public void AMachineThatItsHostDoesNotRunIsNotSilent()
    {
        ProgressWatch watch = new(60 * Millisecond, 6);
        ProgressSample waiting = new() { IsActive = true, Pending = 1, Completed = 0 };

        Assert.False(watch.IsSilent(waiting, 0));
        for (int look = 1; look < 6; look++)
        {
            Assert.False(watch.IsSilent(waiting, look * 300 * Millisecond));
        }

        Assert.True(watch.IsSilent(waiting, 1800 * Millisecond));
    }

    [Fact]
    public void AnyProgressOrAnEmptyQueueOrAnInactiveDeviceIsNotSilence()
    {
        ProgressWatch watch = new(60 * Millisecond, 1);
        ProgressSample waiting = new() { IsActive = true, Pending = 1, Completed = 0 };
        watch.IsSilent(waiting, 0);

        Assert.False(watch.IsSilent(waiting with { Completed = 1 }, 60 * Millisecond));
        Assert.False(watch.IsSilent(waiting with { Completed = 1, Pending = 0 }, 130 * Millisecond));
        Assert.False(watch.IsSilent(waiting with { Completed = 1 }, 140 * Millisecond));
        Assert.False(watch.IsSilent(waiting with { Completed = 1, IsActive = false }, 210 * Millisecond));
        Assert.False(watch.IsSilent(waiting with { Completed = 1 }, 220 * Millisecond));
        Assert.False(watch.IsSilent(waiting with { Completed = 1, Instance = 2 }, 290 * Millisecond));
        Assert.False(watch.IsSilent(waiting with { Completed = 1, Instance = 2 }, 349 * Millisecond));
        Assert.True(watch.IsSilent(waiting with { Completed = 1, Instance = 2 }, 360 * Millisecond));
    }

    [Theory]
    [InlineData(true, 0, 1u)]
    [InlineData(false, 3, 1u)]
    [InlineData(true, 3, 2u)]
    public void ASilentDriverOrStackIsFoundWithinAHundredMilliseconds(bool silentDriver, int sentBefore, uint domain)
    {
        NetworkRig rig = new NetworkRig().Boot();
        HealthMonitor monitor = NewMonitor(rig);
        rig.SendFrom(0, sentBefore);
        rig.Shadow.Pump();
        rig.Driver.IsSilent = silentDriver || sentBefore != 0;
        rig.Stack.IsSilent = domain == NetworkRig.StackDomain;
        if (rig.Stack.IsSilent)
        {
            rig.Driver.IsSilent = false;
            rig.SendRing();
            rig.ReceiveFrom(0, 1);
        }
        else if (sentBefore == 0)
        {
            rig.SendFrom(0, 1);
        }

        long start = rig.Clock.NowNanoseconds;
        while (rig.Faults.Count == 0 && rig.Clock.NowNanoseconds < start + (1000 * Millisecond))
        {
            rig.Shadow.Pump();
            monitor.RunOnce();
            rig.Clock.AdvanceMilliseconds(10);
        }

        Assert.Equal((domain, FaultKind.Silence), (rig.Faults[0].DomainId, rig.Faults[0].Kind));
        Assert.True(rig.Clock.NowNanoseconds - start < 100 * Millisecond);
    }

    [Fact]
    public void AWorkingDriverAndStackAreNeverSilent()
    {
        NetworkRig rig = new NetworkRig().Boot();
        HealthMonitor monitor = NewMonitor(rig);
        for (int number = 0; number < 300; number++)
        {
            rig.SendFrom(number, 1);
            rig.ReceiveFrom(number, 1);
            rig.Shadow.Pump();
            rig.SendRing();
            monitor.RunOnce();
            rig.Clock.AdvanceMilliseconds(10);
        }

        Assert.Empty(rig.Faults);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void AHeartbeatAnsweredWronglyIsSilence(bool wrong, uint generation)
    {
        Machine machine = new Machine().Boot();
        HealthMonitor monitor = new(machine.Manager, new Heart { IsWrong = wrong }, machine.Clock, new HealthOptions());
        monitor.RunOnce();
        machine.Manager.RunOnce();

        Assert.Equal(generation, machine.Status.Generation);
    }

    [Theory]
    [InlineData(CallStatus.Failed, 2u)]
    [InlineData(CallStatus.DomainDied, 1u)]
    [InlineData(CallStatus.DomainUnavailable, 1u)]
    public void ADeadDomainIsNotReportedForItsHeartbeat(CallStatus status, uint generation)
    {
        Machine machine = new Machine().Boot();
        HealthMonitor monitor = new(machine.Manager, new Heart { Status = status }, machine.Clock, new HealthOptions());
        monitor.RunOnce();
        machine.Manager.RunOnce();

        Assert.Equal(generation, machine.Status.Generation);
    }

    [Fact]
    public void AnInstanceIsNotBlamedForAHeartbeatThatFoundNobody()
    {
        Machine machine = new Machine().Boot();
        Heart heart = new()
        {
            Status = CallStatus.NotFound,
            OnBeat = () =>
            {
                machine.Crash();
                machine.Manager.RunOnce();
            },
        };
        HealthMonitor monitor = new(machine.Manager, heart, machine.Clock, new HealthOptions());
        monitor.RunOnce();
        machine.Manager.RunOnce();

        Assert.Equal(2u, machine.Status.Generation);
    }

    [Fact]
    public void AnInstanceIsNotBlamedForWhatWasFoundOfTheOneBefore()
    {
        Machine machine = new Machine().Boot();
        uint domain = machine.Status.DomainId!.Value;
        machine.Manager.ReportLate(
            domain,
            () =>
            {
                machine.Crash();
                machine.Manager.RunOnce();
                return true;
            },
            FaultKind.Silence,
            machine.Clock.NowNanoseconds,
            "found before");
        machine.Manager.RunOnce();

        Assert.Equal((2u, 1u), (machine.Status.Generation, machine.Status.Faults));
    }

    [Fact]
    public void WhatIsFoundOfAnInstanceThatIsGoneIsNotReported()
    {
        Machine machine = new Machine().Boot();
        machine.Manager.ReportLate(
            machine.Status.DomainId!.Value, () => false, FaultKind.Silence, machine.Clock.NowNanoseconds, "found before");
        machine.Manager.RunOnce();

        Assert.Equal(1u, machine.Status.Generation);
    }

    [Fact]
    public void WhoIsSeenToWorkIsAskedAsSoonAsItStops()
    {
        Machine machine = new Machine().Boot();
        int beats = 0;
        Work work = new(machine.Status.DomainId!.Value);
        HealthMonitor monitor = new(machine.Manager, new Heart { OnBeat = () => beats++ }, machine.Clock, new HealthOptions());
        monitor.AddSource(work);
        monitor.RunOnce();
        beats = 0;
        for (int look = 0; look < 20; look++)
        {
            machine.Clock.Advance(10 * Millisecond);
            work.Done++;
            monitor.RunOnce();
        }

        Assert.Equal(0, beats);
        machine.Clock.Advance(10 * Millisecond);
        monitor.RunOnce();
        Assert.Equal(1, beats);
    }

    [Fact]
    public void WorkOfAnInstanceThatIsGoneDoesNotSpeakForTheNextOne()
    {
        ProgressWatch watch = new(60 * Millisecond, 1);
        watch.IsSilent(new ProgressSample { Instance = 1, Completed = 5 }, 0);
        Assert.False(watch.HasMoved);
        watch.IsSilent(new ProgressSample { Instance = 1, Completed = 6 }, Millisecond);
        Assert.True(watch.HasMoved);
        watch.IsSilent(new ProgressSample { Instance = 2, Completed = 0 }, 2 * Millisecond);
        Assert.False(watch.HasMoved);
    }

    private static HealthMonitor NewMonitor(NetworkRig rig)
    {
        HealthMonitor monitor = new(rig, static () => [], new Heart(), rig.Clock, new HealthOptions());
        monitor.AddSource(rig.Shadow);
        return monitor;
    }

    private sealed class Work(uint domainId) : IProgressSource
    {
        public ulong Done { get; set; }

        public int Sample(Span<ProgressSample> samples)
        {
            samples[0] = new ProgressSample { DomainId = domainId, Instance = 1, What = "work", Completed = Done };
            return 1;
        }
    }

    private sealed class Heart : IHeartbeatPort
    {
        public bool IsWrong { get; init; }

        public CallStatus Status { get; init; }

        public Action? OnBeat { get; init; }

        public CallResult<ulong> Heartbeat(uint domainId, ulong nonce)
        {
            OnBeat?.Invoke();
            return Status == CallStatus.Ok ? CallResult<ulong>.Ok(IsWrong ? nonce : ~nonce) : new CallResult<ulong>(Status, 0);
        }
    }
}
