using NooksOS.Contracts;
using NooksOS.Recovery;
using NooksOS.Tests.Units.ObjectTracker;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class ShellRequests
{
    private const long Second = 1000 * FakeClock.Millisecond;

    [Fact]
    public void AnImageIsVerifiedByWhoeverWantsItLoadedAndNotByTheThreadThatRecovers()
    {
        Machine machine = new();
        machine.Manager.Register(new ExtensionDefinition { Name = Machine.Driver, ImageName = "e1000.nx" });
        Assert.Empty(machine.Domains.Prepared);

        machine.Manager.Request(Machine.Driver, ExtensionCommand.Load);

        Assert.Equal(["e1000.nx"], machine.Domains.Prepared);
        Assert.Empty(machine.Events);
    }

    [Fact]
    public void WaitingFindsARecoveryThatEndedBeforeTheCommand()
    {
        Machine machine = new Machine().Boot();
        machine.Crash();
        machine.Manager.RunOnce();

        Assert.Equal(RecoveryWaitResult.Done, machine.Manager.WaitRecovered(Machine.Driver, Second));
        Assert.Equal(RecoveryWaitResult.TimedOut, machine.Manager.WaitRecovered(Machine.Driver, Second));
    }

    [Fact]
    public void WaitingLastsUntilTheRecoveryEnds()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.Crash();

        Assert.Equal(RecoveryWaitResult.Done, machine.Manager.WaitRecovered(Machine.Driver, Second));
        Assert.Equal(ExtensionState.Running, machine.Status.State);
    }

    [Fact]
    public void ARecoveryThatWasAcknowledgedIsNotWaitedForAgain()
    {
        Machine machine = new Machine().Boot();
        machine.Crash();
        machine.Manager.RunOnce();
        machine.Manager.AcknowledgeRecoveries(Machine.Driver);

        Assert.Equal(RecoveryWaitResult.TimedOut, machine.Manager.WaitRecovered(Machine.Driver, Second));
        Assert.Equal(RecoveryWaitResult.Unknown, machine.Manager.WaitRecovered("nobody", Second));
    }

    [Fact]
    public void UnloadingPutsTheExtensionToRestAndTakesItsDomainAway()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.GetObjects(1)!.TryAdd(new FakeObject("a", machine.Events));
        Assert.Null(machine.Manager.Request(Machine.Driver, ExtensionCommand.Unload));

        Assert.Equal(RecoveryWaitResult.Done, machine.Manager.WaitForCommand(Machine.Driver, Second));
        Assert.Equal((ExtensionState.Unloaded, null), (machine.Status.State, machine.Status.DomainId));
        Assert.Equal("request stop e1000", machine.Events[0]);
        Assert.Equal(["release a", "free e1000", "shadow gone 1", "remove e1000"], machine.Events[^4..]);
        Assert.Empty(machine.Manager.Log.Snapshot());
        Assert.Equal("e1000 is not loaded", machine.Manager.Request(Machine.Driver, ExtensionCommand.Unload));
    }

    [Fact]
    public void UnloadingSaysWhatLeaked()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.GetObjects(1)!.TryAdd(new FakeObject("a", machine.Events) { Fails = true });
        machine.Manager.Request(Machine.Driver, ExtensionCommand.Unload);

        Assert.Equal(RecoveryWaitResult.Failed, machine.Manager.WaitForCommand(Machine.Driver, Second));
        Assert.StartsWith("1 objects and 0 pages leaked", machine.Status.LastError);
    }

    [Fact]
    public void AnExtensionThatFailsWhileItIsStoppedLeavesARecord()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.OnStop = _ =>
        {
            machine.Crash(kind: FaultKind.Deadlock);
            return CallStatus.DomainDied;
        };
        machine.Manager.Request(Machine.Driver, ExtensionCommand.Unload);
        machine.Manager.RunOnce();

        Assert.Equal(ExtensionState.Unloaded, machine.Status.State);
        Assert.Equal((FaultKind.Deadlock, RecoveryOutcome.GivenUp), (machine.LastRecord.Kind, machine.LastRecord.Outcome));
        Assert.Equal(long.MaxValue, machine.Manager.RunOnce());
    }

    [Fact]
    public void ReloadingIsRecordedAsRequestedAndDoesNotCountAsAFault()
    {
        Machine machine = new Machine().Boot();
        machine.Manager.Request(Machine.Driver, ExtensionCommand.Reload);

        Assert.Equal(RecoveryWaitResult.Done, machine.Manager.WaitForCommand(Machine.Driver, Second));
        Assert.Equal((FaultKind.Requested, DecisionSource.Command), (machine.LastRecord.Kind, machine.LastRecord.DecidedBy));
        Assert.Equal((2u, 0u), (machine.Status.Generation, machine.Status.Faults));
    }

    [Fact]
    public void AReloadThatDoesNotComeUpIsAnErrorOfTheCommand()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.OnStart = _ => CallStatus.Failed;
        machine.Manager.Request(Machine.Driver, ExtensionCommand.Reload);

        Assert.Equal(RecoveryWaitResult.Failed, machine.Manager.WaitForCommand(Machine.Driver, Second));
    }

    [Theory]
    [InlineData(ExtensionCommand.Reload, ExtensionState.Running, DecisionSource.Command)]
    [InlineData(ExtensionCommand.Unload, ExtensionState.Unloaded, DecisionSource.Command)]
    public void ACommandDoesNotWaitForTheAgent(ExtensionCommand command, ExtensionState state, DecisionSource source)
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.Crash();
        machine.Manager.RunOnce();
        FaultNotification fault = machine.Services.WaitForFault(0).Value;
        Assert.Null(machine.Manager.Request(Machine.Driver, command));
        machine.Manager.RunOnce();

        Assert.Equal((state, source), (machine.Status.State, machine.LastRecord.DecidedBy));
        Assert.Equal(CallStatus.NotFound, machine.Services.Decide(fault.FaultId, RecoveryAction.Restart, 0).Status);
        Assert.Equal(long.MaxValue, machine.Manager.RunOnce());
    }

    [Fact]
    public void AnImageThatIsRefusedLeavesNothingBehind()
    {
        Machine machine = new();
        machine.Domains.OnLoad = _ => "e1000.nx: privileged instruction at 0x1234";
        machine.Boot();

        Assert.Equal((ExtensionState.Unloaded, null), (machine.Status.State, machine.Status.DomainId));
        Assert.Equal("e1000.nx: privileged instruction at 0x1234", machine.Status.LastError);
    }

    [Fact]
    public void AnExtensionThatCrashesInItsFirstStartIsRecoveredLikeAnyOther()
    {
        Machine machine = new();
        machine.Domains.OnStart = _ =>
        {
            machine.Domains.OnStart = _ => CallStatus.Ok;
            machine.Crash();
            return CallStatus.DomainDied;
        };
        machine.Boot();

        Assert.Equal((ExtensionState.Running, 2u), (machine.Status.State, machine.Status.Generation));
    }

    [Fact]
    public void RequestsThatMakeNoSenseSayWhy()
    {
        Machine machine = new();
        machine.Domains.IsFull = true;
        machine.Boot();
        Assert.Equal("there is no room for another domain", machine.Status.LastError);
        Assert.Equal("there is no extension x", machine.Manager.Request("x", ExtensionCommand.Load));
        machine.Domains.IsFull = false;
        Assert.Null(machine.Manager.Request(Machine.Driver, ExtensionCommand.Load));
        Assert.Equal("e1000 is busy: Load", machine.Manager.Request(Machine.Driver, ExtensionCommand.Load));
        machine.Manager.RunOnce();
        Assert.Equal("e1000 is loaded already", machine.Manager.Request(Machine.Driver, ExtensionCommand.Load));
    }
}
