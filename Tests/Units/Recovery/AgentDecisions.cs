using NooksOS.Contracts;
using NooksOS.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class AgentDecisions
{
    private const long Millisecond = FakeClock.Millisecond;

    [Fact]
    public void TheAgentIsToldAndItsDecisionIsCarriedOut()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.Crash();
        machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.WaitingForDecision, machine.Status.State);
        Assert.True(machine.AgentNews.IsSet);

        FaultNotification fault = machine.Services.WaitForFault(0).Value;
        Assert.Equal((machine.Status.DomainId, FaultKind.IllegalWrite, 1u), (fault.DomainId, fault.Kind, fault.Generation));
        Assert.True(machine.Services.Decide(fault.FaultId, RecoveryAction.Restart, 0).Succeeded);
        machine.Manager.RunOnce();

        Assert.Equal(ExtensionState.Running, machine.Status.State);
        Assert.Equal((DecisionSource.Agent, string.Empty), (machine.LastRecord.DecidedBy, machine.LastRecord.Note));
    }

    [Fact]
    public void ADelayThatTheAgentOrdersIsKept()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        Decide(machine, RecoveryAction.RestartAfterDelay, 30);

        long deadline = machine.Manager.RunOnce();
        Assert.Equal(machine.LastRecord.TimeOf(RecoveryStep.Decided) + (30 * Millisecond), deadline);
        Assert.Equal(ExtensionState.Delayed, machine.Status.State);
        machine.Clock.AdvanceMilliseconds(29);
        machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.Delayed, machine.Status.State);
        machine.Clock.AdvanceMilliseconds(1);
        machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.Running, machine.Status.State);
    }

    [Fact]
    public void AnAgentThatGivesUpLeavesTheExtensionStopped()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        Decide(machine, RecoveryAction.GiveUp, 0);
        machine.Manager.RunOnce();

        Assert.Equal(ExtensionState.GivenUp, machine.Status.State);
        Assert.Equal("shadow gone 2", machine.Events[^1]);
        Assert.False(machine.Crash());
    }

    [Fact]
    public void TheReplacementIsLoadedOnceAndThenThereIsNone()
    {
        Machine machine = new Machine().Boot(withAgent: true, replacement: "other.nx");
        Decide(machine, RecoveryAction.Replace, 0);
        machine.Manager.RunOnce();
        Assert.Equal((ExtensionState.Running, "other.nx"), (machine.Status.State, machine.Status.ImageName));

        machine.Crash();
        machine.Manager.RunOnce();
        FaultNotification fault = machine.Services.WaitForFault(0).Value;
        Assert.False(fault.Policy.HasReplacement);
        Assert.Equal(CallStatus.BadParameter, machine.Services.Decide(fault.FaultId, RecoveryAction.Replace, 0).Status);
        Assert.True(machine.Services.Decide(fault.FaultId, RecoveryAction.Restart, 0).Succeeded);
        machine.Manager.RunOnce();
        Assert.Equal("other.nx", machine.LastRecord.ImageName);
        Assert.Equal("other.nx", machine.Status.ImageName);
    }

    [Theory]
    [InlineData((RecoveryAction)0)]
    [InlineData((RecoveryAction)5)]
    [InlineData(RecoveryAction.Replace)]
    public void ADecisionThatMakesNoSenseIsRefusedAndTheBoundStillHolds(RecoveryAction action)
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.Crash();
        machine.Manager.RunOnce();
        FaultNotification fault = machine.Services.WaitForFault(0).Value;

        Assert.Equal(CallStatus.BadParameter, machine.Services.Decide(fault.FaultId, action, 0).Status);
        machine.Clock.AdvanceMilliseconds(20);
        machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.Running, machine.Status.State);
    }

    [Fact]
    public void TheKernelDecidesWhenTheAgentDoesNotAndSaysSo()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.Crash();
        long deadline = machine.Manager.RunOnce();
        Assert.Equal(machine.LastRecord.TimeOf(RecoveryStep.MemoryFreed) + (20 * Millisecond), deadline);
        FaultNotification fault = machine.Services.WaitForFault(0).Value;

        machine.Clock.AdvanceMilliseconds(20);
        machine.Manager.RunOnce();

        Assert.Equal(ExtensionState.Running, machine.Status.State);
        Assert.Equal(DecisionSource.Kernel, machine.LastRecord.DecidedBy);
        Assert.Equal("the recovery agent did not answer within 20 ms", machine.LastRecord.Note);
        Assert.Equal(CallStatus.NotFound, machine.Services.Decide(fault.FaultId, RecoveryAction.GiveUp, 0).Status);
        Assert.Equal(ExtensionState.Running, machine.Status.State);
    }

    [Fact]
    public void AFailureThatADyingAgentHadTakenIsGivenOutAgain()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.Crash();
        machine.Manager.RunOnce();
        FaultNotification first = machine.Services.WaitForFault(0).Value;
        Assert.Equal(CallStatus.TimedOut, machine.Services.WaitForFault(0).Status);

        machine.Crash(Machine.Agent);
        machine.Manager.RunOnce();

        Assert.Equal(ExtensionState.Running, machine.Manager.Describe(Machine.Agent)!.State);
        Assert.Equal(first, machine.Services.WaitForFault(0).Value);
        Assert.True(machine.Services.Decide(first.FaultId, RecoveryAction.Restart, 0).Succeeded);
        machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.Running, machine.Status.State);
        Assert.All(machine.Manager.Log.Snapshot(), record => Assert.Equal(RecoveryOutcome.Recovered, record.Outcome));
    }

    [Fact]
    public void AFailureWhileTheAgentIsDownIsNotLost()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.Crash(Machine.Agent);
        machine.Crash();
        machine.Manager.RunOnce();

        Assert.Equal(ExtensionState.WaitingForDecision, machine.Status.State);
        Assert.True(machine.Services.WaitForFault(0).Succeeded);
    }

    [Fact]
    public void TheAgentsOwnFailureIsDecidedByTheKernel()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.Crash(Machine.Agent);
        machine.Manager.RunOnce();

        Assert.Equal((Machine.Agent, DecisionSource.Kernel), (machine.LastRecord.Extension, machine.LastRecord.DecidedBy));
        Assert.Equal(CallStatus.TimedOut, machine.Services.WaitForFault(0).Status);
    }

    [Fact]
    public void AnAgentThatNeverDecidesIsRestartedAsSilent()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        for (int index = 0; index < 3; index++)
        {
            machine.Crash();
            machine.Manager.RunOnce();
            machine.Clock.AdvanceMilliseconds(20);
            machine.Manager.RunOnce();
        }

        Assert.Equal((Machine.Agent, FaultKind.Silence), (machine.LastRecord.Extension, machine.LastRecord.Kind));
        Assert.Equal(2u, machine.Manager.Describe(Machine.Agent)!.Generation);
    }

    [Fact]
    public void WaitingForAFaultEndsWhenTheAgentIsStoppedOrTheTimeIsOver()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        long start = machine.Clock.NowNanoseconds;
        machine.AgentNews.Wait(0);
        Assert.Equal(CallStatus.TimedOut, machine.Services.WaitForFault(5 * Millisecond).Status);
        Assert.True(machine.Clock.NowNanoseconds - start >= 5 * Millisecond);

        machine.AgentNews.IsCancelled = true;
        Assert.Equal(CallStatus.Cancelled, machine.Services.WaitForFault(-1).Status);
    }

    [Fact]
    public void AWaitingAgentIsWokenByAFailure()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.AgentNews.WhileWaiting = () =>
        {
            machine.Crash();
            machine.Manager.RunOnce();
        };

        Assert.Equal(1u, machine.Services.WaitForFault(-1).Value.FaultId);
    }

    private static void Decide(Machine machine, RecoveryAction action, uint delayMilliseconds)
    {
        machine.Crash();
        machine.Manager.RunOnce();
        FaultNotification fault = machine.Services.WaitForFault(0).Value;
        Assert.True(machine.Services.Decide(fault.FaultId, action, delayMilliseconds).Succeeded);
    }
}
