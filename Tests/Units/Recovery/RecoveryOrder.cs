using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery;
using NooksOS.Tests.Units.ObjectTracker;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class RecoveryOrder
{
    [Fact]
    public void TheStepsOfARecoveryAreTakenInTheWrittenOrder()
    {
        Machine machine = new Machine().Boot();
        uint domain = machine.Status.DomainId!.Value;
        machine.Domains.GetObjects(domain)!.TryAdd(new FakeObject("device", machine.Events, TrackedKind.Device));
        machine.Domains.GetObjects(domain)!.TryAdd(new FakeObject("buffer", machine.Events, TrackedKind.DmaBuffer));

        Assert.True(machine.Crash());
        Assert.Equal(["stop e1000"], machine.Events);
        machine.Manager.RunOnce();

        Assert.Equal(
            [
                "stop e1000",
                "stop e1000",
                $"shadow stopped {domain}",
                "quiesce buffer",
                "quiesce device",
                "empty e1000",
                "quiesce buffer",
                "quiesce device",
                "release buffer",
                "release device",
                "free e1000",
                "load e1000.nx e1000",
                "initialize e1000",
                "start e1000",
                $"shadow started {domain}",
            ],
            machine.Events);
    }

    [Fact]
    public void TheRecordTellsWhoWhatWhereAndHowLong()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.GetObjects(machine.Status.DomainId!.Value)!.TryAdd(new FakeObject("line", [], TrackedKind.InterruptLine));
        machine.Crash();
        machine.Manager.RunOnce();

        FaultRecord record = Assert.Single(machine.Manager.Log.Snapshot());
        Assert.Equal((1u, "e1000", "e1000.nx", 1u), (record.Id, record.Extension, record.ImageName, record.Generation));
        Assert.Equal((FaultKind.IllegalWrite, 0xFFFF_8000_0000_1000), (record.Kind, record.Report.Address));
        Assert.Equal(RecoveryOutcome.Recovered, record.Outcome);
        Assert.Equal((1u, 0u, 100ul, 0ul), (record.ObjectsReleased, record.ObjectsLeaked, record.PagesBefore, record.PagesAfter));
        Assert.Equal(new RecoveryDecision(RecoveryAction.Restart, 0), record.Decision);
        Assert.Equal((DecisionSource.Kernel, "there is no recovery agent"), (record.DecidedBy, record.Note));

        List<long> times = [.. Enumerable.Range(0, 11).Select(step => record.TimeOf((RecoveryStep)step)!.Value)];
        Assert.Equal(times.Order(), times);
        Assert.Equal(times[^1] - times[0], record.ElapsedNanoseconds(RecoveryStep.Ready));
        Assert.Equal(
            record.ElapsedNanoseconds(RecoveryStep.Ready),
            Enumerable.Range(0, 11).Sum(step => record.DurationNanoseconds((RecoveryStep)step)));
    }

    [Fact]
    public void TheGenerationGoesUpByOneAndTheExtensionRuns()
    {
        Machine machine = new Machine().Boot();
        machine.Crash();
        Assert.Equal(ExtensionState.Failed, machine.Status.State);
        machine.Manager.RunOnce();

        Assert.Equal((ExtensionState.Running, 2u, 1u, 1u), (machine.Status.State, machine.Status.Generation, machine.Status.Faults, machine.Status.Restarts));
    }

    [Fact]
    public void OneFailureMakesOneRecord()
    {
        Machine machine = new Machine().Boot();
        Assert.True(machine.Crash());
        Assert.False(machine.Crash(kind: FaultKind.Runaway));
        machine.Manager.RunOnce();

        Assert.Equal(FaultKind.IllegalWrite, Assert.Single(machine.Manager.Log.Snapshot()).Kind);
    }

    [Fact]
    public void AFailureOfAnUnknownDomainIsRefused()
    {
        Machine machine = new Machine().Boot();

        Assert.False(machine.Manager.Report(new FaultReport { DomainId = 99, Kind = FaultKind.Silence, TimeNanoseconds = 0 }));
        Assert.Empty(machine.Events);
    }

    [Fact]
    public void AFailureLeftByAnInterruptHandlerIsTakenUp()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.Left.Enqueue(new FaultReport
        {
            DomainId = machine.Status.DomainId!.Value,
            Kind = FaultKind.Runaway,
            TimeNanoseconds = machine.Clock.NowNanoseconds,
        });
        machine.Manager.RunOnce();

        Assert.Equal((FaultKind.Runaway, RecoveryOutcome.Recovered), (machine.LastRecord.Kind, machine.LastRecord.Outcome));
    }

    [Fact]
    public void AThreadThatDoesNotLeaveEndsTheRecoveryAndNothingIsFreed()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.GetObjects(machine.Status.DomainId!.Value)!.TryAdd(new FakeObject("a", machine.Events));
        machine.Domains.IsStuck = true;
        machine.Crash();
        machine.Manager.RunOnce();

        Assert.Equal(ExtensionState.GivenUp, machine.Status.State);
        Assert.Equal((1u, RecoveryOutcome.GivenUp), (machine.LastRecord.ObjectsLeaked, machine.LastRecord.Outcome));
        Assert.Null(machine.LastRecord.TimeOf(RecoveryStep.Unwound));
        Assert.DoesNotContain("release a", machine.Events);
        Assert.DoesNotContain("free e1000", machine.Events);

        Assert.Null(machine.Manager.Request(Machine.Driver, ExtensionCommand.Load));
        machine.Manager.RunOnce();
        Assert.Contains("has not left", machine.Status.LastError);
        machine.Domains.IsStuck = false;
        machine.Manager.Request(Machine.Driver, ExtensionCommand.Load);
        machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.Running, machine.Status.State);
        Assert.Contains("release a", machine.Events);
    }

    [Fact]
    public void WhatCouldNotBeReleasedIsInTheRecord()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.GetObjects(machine.Status.DomainId!.Value)!.TryAdd(new FakeObject("a", machine.Events) { Fails = true });
        machine.Domains.PagesLost = 3;
        machine.Crash();
        machine.Manager.RunOnce();

        Assert.Equal((1u, 3ul), (machine.LastRecord.ObjectsLeaked, machine.LastRecord.PagesAfter));
        Assert.Contains("not released: Lock a", machine.LastRecord.Note);
        Assert.Equal(ExtensionState.Running, machine.Status.State);
    }

    [Fact]
    public void TheLogKeepsTheLatestRecords()
    {
        Machine machine = new Machine().Boot();
        for (int index = 0; index < FaultLog.DefaultCapacity + 10; index++)
        {
            machine.Crash();
            machine.Manager.RunOnce();
        }

        FaultRecord[] records = machine.Manager.Log.Snapshot();
        Assert.Equal(FaultLog.DefaultCapacity, records.Length);
        Assert.Equal((11u, 266u), (records[0].Id, records[^1].Id));
        Assert.Equal(266ul, machine.Manager.Log.Total);
        Assert.Null(machine.Manager.Log.Find(10));
        Assert.Equal(11u, machine.Manager.Log.Find(11)!.Id);
        Assert.Equal(0, machine.Domains.Ledger.Live);
    }
}
