using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class RestartsThatFail
{
    [Fact]
    public void ARestartThatFailsIsTriedAgainAfterADelayThatDoubles()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.OnStart = _ => CallStatus.Failed;
        machine.Crash();
        machine.Manager.RunOnce();

        Assert.Equal(ExtensionState.Delayed, machine.Status.State);
        FaultRecord[] records = machine.Manager.Log.Snapshot();
        Assert.Equal([RecoveryOutcome.RestartFailed, RecoveryOutcome.InProgress], records.Select(record => record.Outcome));
        Assert.Equal((FaultKind.RuntimeFailure, "e1000.nx did not start: Failed"), (records[1].Kind, records[1].Report.Detail));
        Assert.Contains("delayed by the kernel for 10 ms", records[1].Note);

        machine.Clock.AdvanceMilliseconds(10);
        machine.Manager.RunOnce();
        Assert.Contains("delayed by the kernel for 20 ms", machine.LastRecord.Note);
        machine.Domains.OnStart = _ => CallStatus.Ok;
        machine.Clock.AdvanceMilliseconds(20);
        machine.Manager.RunOnce();
        Assert.Equal((ExtensionState.Running, RecoveryOutcome.Recovered), (machine.Status.State, machine.LastRecord.Outcome));
    }

    [Fact]
    public void AfterTooManyInSuccessionTheExtensionIsGivenUp()
    {
        Machine machine = new Machine(new RecoveryOptions { FailedRestartsAllowed = 3 }).Boot();
        machine.Domains.OnLoad = _ => "e1000.nx is damaged";
        machine.Crash();
        for (int index = 0; index < 10; index++)
        {
            machine.Manager.RunOnce();
            machine.Clock.AdvanceMilliseconds(5000);
        }

        Assert.Equal(ExtensionState.GivenUp, machine.Status.State);
        Assert.Equal(4, machine.Manager.Log.Snapshot().Length);
        Assert.Contains("e1000.nx is damaged", machine.Manager.Log.Snapshot()[0].Note);
        Assert.Contains("given up by the kernel after 3 restarts", machine.LastRecord.Note);
        Assert.Equal(RecoveryWaitResult.Failed, machine.Manager.WaitRecovered(Machine.Driver, 0));
    }

    [Fact]
    public void ACrashDuringTheRestartMakesARecordOfItsOwn()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.OnStart = _ =>
        {
            machine.Domains.OnStart = _ => CallStatus.Ok;
            Assert.True(machine.Crash(kind: FaultKind.UndefinedInstruction));
            return CallStatus.DomainDied;
        };
        machine.Crash();
        machine.Manager.RunOnce();
        machine.Clock.AdvanceMilliseconds(10);
        machine.Manager.RunOnce();

        FaultRecord[] records = machine.Manager.Log.Snapshot();
        Assert.Equal([FaultKind.IllegalWrite, FaultKind.UndefinedInstruction], records.Select(record => record.Kind));
        Assert.Equal([1u, 2u], records.Select(record => record.Generation));
        Assert.Equal((ExtensionState.Running, 3u), (machine.Status.State, machine.Status.Generation));
    }

    [Fact]
    public void AReloadThatFailsIsFollowedByARestartWithoutDelay()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.OnStart = _ =>
        {
            machine.Domains.OnStart = _ => CallStatus.Ok;
            machine.Crash();
            return CallStatus.DomainDied;
        };
        Assert.Null(machine.Manager.Request(Machine.Driver, ExtensionCommand.Reload));
        machine.Manager.RunOnce();

        FaultRecord[] records = machine.Manager.Log.Snapshot();
        Assert.Equal([FaultKind.Requested, FaultKind.IllegalWrite], records.Select(record => record.Kind));
        Assert.Equal((ExtensionState.Running, RecoveryOutcome.Recovered), (machine.Status.State, machine.LastRecord.Outcome));
    }

    [Fact]
    public void ACrashAfterTheStartReturnedIsSeenToo()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.OnStart = domain =>
        {
            machine.Domains.OnStart = _ => CallStatus.Ok;
            machine.Domains.Left.Enqueue(new FaultReport { DomainId = domain, Kind = FaultKind.Runaway, TimeNanoseconds = machine.Clock.NowNanoseconds });
            return CallStatus.Ok;
        };
        machine.Crash();
        machine.Manager.RunOnce();

        Assert.Equal(FaultKind.Runaway, machine.LastRecord.Kind);
        Assert.Equal(ExtensionState.Delayed, machine.Status.State);
    }

    [Fact]
    public void AConfigurationThatCannotBeReplayedIsAFailedRestart()
    {
        Machine machine = new Machine().Boot();
        machine.Shadow.StartedStatus = CallStatus.Failed;
        machine.Crash();
        machine.Manager.RunOnce();

        Assert.Contains("did not take its configuration", machine.Manager.Log.Snapshot()[0].Note);
        Assert.Equal(ExtensionState.Delayed, machine.Status.State);
    }

    [Fact]
    public void ThePolicyOfTheExtensionEndsARestartLoop()
    {
        RecoveryPolicyParameters policy = RecoveryPolicy.Default with { MaximumFaults = 2, WindowMilliseconds = 1000 };
        Machine machine = new Machine().Boot(policy: policy);
        for (int index = 0; index < 3; index++)
        {
            machine.Crash();
            machine.Manager.RunOnce();
        }

        Assert.Equal(ExtensionState.GivenUp, machine.Status.State);
        Assert.Equal(RecoveryAction.GiveUp, machine.LastRecord.Decision.Action);
        Assert.Null(machine.Manager.Request(Machine.Driver, ExtensionCommand.Reload));
        machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.Running, machine.Status.State);
        machine.Crash();
        machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.Running, machine.Status.State);
    }
}
