using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// Obtains the decision about a failure: from the agent, or, if there is none or it does not answer within its bound, from
/// the same policy run in the kernel.
/// </summary>
internal sealed class DecisionMaker(
    ExtensionRegistry registry,
    DecisionDesk desk,
    IKernelClock clock,
    IKernelSignal agentNews,
    IFaultSink sink,
    RecoveryOptions options)
{
    private uint _agentMisses;

    /// <summary>Asks the agent. False if there is nobody to ask, so that the kernel has to decide at once.</summary>
    public bool Ask(ManagedExtension extension, FaultRecord record)
    {
        RecoveryPolicyParameters policy;
        lock (registry.Sync)
        {
            policy = extension.EffectivePolicy;
            if (extension.Definition.IsAgent)
            {
                return false;
            }

            if (registry.FindAgent() is null)
            {
                record.AddNote("there is no recovery agent");
                return false;
            }
        }

        desk.Ask(new FaultNotification(
            record.Id,
            extension.DomainId,
            record.Kind,
            record.Generation,
            record.Report.TimeNanoseconds,
            extension.InstanceStartNanoseconds,
            policy));
        agentNews.Set();
        return true;
    }

    /// <summary>Takes the agent's decision, or the kernel's once the bound has passed. False while there is none.</summary>
    public bool TryGet(ManagedExtension extension, out RecoveryDecision decision, out DecisionSource source)
    {
        FaultRecord record = extension.Current!;
        source = DecisionSource.Agent;
        if (desk.TryClose(record.Id, out decision))
        {
            _agentMisses = 0;
            return true;
        }

        if (clock.NowNanoseconds < extension.DeadlineNanoseconds)
        {
            return false;
        }

        desk.Withdraw(record.Id);
        source = DecisionSource.Kernel;
        record.AddNote($"the recovery agent did not answer within {options.AgentBoundNanoseconds / 1_000_000} ms");
        decision = DecideInKernel(extension, record);
        CountMiss();
        return true;
    }

    /// <summary>Decides without the agent.</summary>
    public RecoveryDecision DecideInKernel(ManagedExtension extension, FaultRecord record)
    {
        lock (registry.Sync)
        {
            return RecoveryPolicy.Decide(extension.EffectivePolicy, extension.History, record.Report.TimeNanoseconds);
        }
    }

    /// <summary>Nobody needs the decision any more.</summary>
    public void Withdraw(ManagedExtension extension)
    {
        if (extension.Current is { } record)
        {
            desk.Withdraw(record.Id);
        }
    }

    /// <summary>The agent is dead: what it had taken and not decided is given out again.</summary>
    public void ReturnTaken()
    {
        desk.ReturnTaken();
        agentNews.Set();
    }

    private void CountMiss()
    {
        uint agentDomain;
        uint agentInstance;
        lock (registry.Sync)
        {
            if (registry.FindAgent() is not { State: ExtensionState.Running } agent
                || ++_agentMisses < options.AgentMissesAllowed)
            {
                return;
            }

            _agentMisses = 0;
            agentDomain = agent.DomainId;
            agentInstance = agent.Generation;
        }

        // An agent that lives but does not do its work is treated like any silent extension.
        sink.Report(new FaultReport
        {
            DomainId = agentDomain,
            Instance = agentInstance,
            Kind = FaultKind.Silence,
            TimeNanoseconds = clock.NowNanoseconds,
            Detail = $"left {options.AgentMissesAllowed} failures in succession undecided",
        });
    }
}
