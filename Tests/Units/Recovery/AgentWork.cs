using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Recovery;
using NooksOS.Recovery.Agent;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class AgentWork
{
    private readonly StateStore _store = new();
    private readonly List<string> _log = [];

    [Fact]
    public void TheAgentAndTheKernelTogetherBringAnExtensionBack()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        FaultDesk desk = NewDesk(machine.Services);
        machine.Crash();
        machine.Manager.RunOnce();

        Assert.Equal(CallStatus.Ok, desk.HandleNext(0));
        machine.Manager.RunOnce();

        Assert.Equal((ExtensionState.Running, DecisionSource.Agent), (machine.Status.State, machine.LastRecord.DecidedBy));
        Assert.Equal(CallStatus.TimedOut, desk.HandleNext(0));
    }

    /// <summary>The agent dies before each of its calls in turn; the outcome is that of an agent that never died.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void DeathOfTheAgentAtAnyCallChangesNoDecision(int callsBeforeDeath)
    {
        RecoveryPolicyParameters policy = RecoveryPolicy.Default with { MaximumFaults = 2, WindowMilliseconds = 1000 };
        Machine machine = new Machine().Boot(withAgent: true, policy: policy);
        FaultDesk desk = NewDesk(new MortalServices(machine.Services, callsBeforeDeath));
        List<RecoveryAction> decisions = [];
        for (int fault = 0; fault < 3; fault++)
        {
            machine.Crash();
            machine.Manager.RunOnce();
            FaultRecord record = machine.LastRecord;
            try
            {
                desk.HandleNext(0);
            }
            catch (AgentDiedException)
            {
                machine.Crash(Machine.Agent);
                machine.Manager.RunOnce();
                desk = NewDesk(machine.Services);
                desk.HandleNext(0);
            }

            machine.Manager.RunOnce();
            Assert.Equal(DecisionSource.Agent, record.DecidedBy);
            decisions.Add(record.Decision.Action);
        }

        Assert.Equal([RecoveryAction.Restart, RecoveryAction.Restart, RecoveryAction.GiveUp], decisions);
        Assert.Empty(_log);
    }

    [Fact]
    public void AnAnswerThatComesTooLateIsLoggedAndTheAgentGoesOn()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        FaultDesk desk = NewDesk(new SlowServices(machine));
        machine.Crash();
        machine.Manager.RunOnce();

        Assert.Equal(CallStatus.Ok, desk.HandleNext(0));
        Assert.Equal(DecisionSource.Kernel, machine.LastRecord.DecidedBy);
        Assert.Single(_log);
    }

    [Fact]
    public void AnAgentThatIsBeingStoppedEndsItsWork()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.AgentNews.IsCancelled = true;

        Assert.Equal(CallStatus.Cancelled, NewDesk(machine.Services).HandleNext(-1));
    }

    private FaultDesk NewDesk(IRecoveryServices services) => new(services, new MortalStore(_store.For("agent"), services), _log.Add);

    private sealed class AgentDiedException : Exception;

    /// <summary>Fails for good after so many calls, before the call has any effect.</summary>
    private sealed class MortalServices(IRecoveryServices inner, int callsBeforeDeath) : IRecoveryServices
    {
        private int _calls;

        public CallResult<FaultNotification> WaitForFault(long timeoutNanoseconds)
        {
            LiveOrDie();
            return inner.WaitForFault(timeoutNanoseconds);
        }

        public CallResult Decide(uint faultId, RecoveryAction action, uint delayMilliseconds)
        {
            LiveOrDie();
            return inner.Decide(faultId, action, delayMilliseconds);
        }

        public void LiveOrDie()
        {
            if (_calls++ == callsBeforeDeath)
            {
                throw new AgentDiedException();
            }
        }
    }

    private sealed class MortalStore(IStateStore inner, IRecoveryServices services) : IStateStore
    {
        public CallResult Save(uint key, ReadOnlySpan<byte> value)
        {
            (services as MortalServices)?.LiveOrDie();
            return inner.Save(key, value);
        }

        public CallResult<uint> Load(uint key, Span<byte> value)
        {
            (services as MortalServices)?.LiveOrDie();
            return inner.Load(key, value);
        }

        public CallResult Remove(uint key) => inner.Remove(key);

        public CallResult<ulong> WaitForChange(uint key, ulong knownVersion, long timeoutNanoseconds)
            => inner.WaitForChange(key, knownVersion, timeoutNanoseconds);
    }

    private sealed class SlowServices(Machine machine) : IRecoveryServices
    {
        public CallResult<FaultNotification> WaitForFault(long timeoutNanoseconds)
        {
            CallResult<FaultNotification> fault = machine.Services.WaitForFault(timeoutNanoseconds);
            machine.Clock.AdvanceMilliseconds(20);
            machine.Manager.RunOnce();
            return fault;
        }

        public CallResult Decide(uint faultId, RecoveryAction action, uint delayMilliseconds)
            => machine.Services.Decide(faultId, action, delayMilliseconds);
    }
}
