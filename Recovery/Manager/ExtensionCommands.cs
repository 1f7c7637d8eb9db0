using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>Carries out what the shell asks for an extension. Runs on the recovery thread only.</summary>
internal sealed class ExtensionCommands(
    ExtensionRegistry registry,
    IDomainControl domains,
    IKernelClock clock,
    RecoverySequence sequence,
    DecisionMaker decisions,
    ExtensionLifecycle lifecycle)
{
    private const uint NoFault = 0;
    private const string FailedWhileStarting = "it failed while it was started; see faults";

    /// <summary>Carries out what was asked for. False if nothing was, or a failure has to be handled first.</summary>
    public bool CarryOut(ManagedExtension extension)
    {
        ExtensionCommand command;
        ExtensionState state;
        lock (registry.Sync)
        {
            command = extension.PendingCommand;
            state = extension.State;
            if (command == ExtensionCommand.None || extension.PendingReport is not null)
            {
                return false;
            }
        }

        string? error;
        if (state is ExtensionState.WaitingForDecision or ExtensionState.Delayed)
        {
            // The command is the decision.
            decisions.Withdraw(extension);
            RecoveryAction action = command == ExtensionCommand.Reload ? RecoveryAction.Restart : RecoveryAction.GiveUp;
            lifecycle.Apply(extension, new RecoveryDecision(action, 0), DecisionSource.Command);
            error = command == ExtensionCommand.Unload ? Unload(extension, wasRunning: false) : StartError(extension);
        }
        else if (command == ExtensionCommand.Unload)
        {
            error = Unload(extension, state == ExtensionState.Running);
        }
        else if (state == ExtensionState.Running)
        {
            Reload(extension);
            error = StartError(extension);
        }
        else
        {
            error = Load(extension);
        }

        lock (registry.Sync)
        {
            extension.LastError = error;
            extension.PendingCommand = ExtensionCommand.None;
        }

        return true;
    }

    private string? Load(ManagedExtension extension)
    {
        if (!extension.HasDomain)
        {
            if (!domains.TryCreate(extension.Definition.Name, out uint domainId))
            {
                return "there is no room for another domain";
            }

            lock (registry.Sync)
            {
                extension.DomainId = domainId;
                extension.HasDomain = true;
            }
        }
        else if (!sequence.TakeDown(extension.DomainId, Unlogged(extension)))
        {
            // It was given up because of a thread that did not leave, and that thread is still there.
            return "a thread of the last instance has not left the domain";
        }

        lock (registry.Sync)
        {
            extension.RunsReplacement = false;
            extension.FailedRestarts = 0;
            extension.History.Clear();
        }

        string? error = lifecycle.BringUp(extension, ExtensionState.Loading, record: null);
        lock (registry.Sync)
        {
            if (extension.PendingReport is not null)
            {
                // It failed like any other time, so the policy has its say.
                extension.State = ExtensionState.Failed;
                return FailedWhileStarting;
            }

            if (error is null)
            {
                extension.State = ExtensionState.Running;
                return null;
            }
        }

        string? leak = Unload(extension, wasRunning: false);
        lock (registry.Sync)
        {
            // One that did not start, say for want of a device, is as available as before.
            extension.Generation -= extension is { Generation: 1, Faults: 0 } ? 1u : 0;
        }

        return leak is null ? error : $"{error}; {leak}";
    }

    private string? Unload(ManagedExtension extension, bool wasRunning)
    {
        FaultRecord record = StopOrderly(extension, wasRunning);
        bool isDown = sequence.TakeDown(extension.DomainId, record);
        sequence.SayGone(extension.DomainId);
        record.DecidedBy = DecisionSource.Command;
        record.Decision = new RecoveryDecision(RecoveryAction.GiveUp, 0);
        record.Outcome = RecoveryOutcome.GivenUp;
        if (!isDown)
        {
            lifecycle.Move(extension, ExtensionState.GivenUp, long.MaxValue);
            return record.Note;
        }

        domains.Remove(extension.DomainId);
        lock (registry.Sync)
        {
            // Whatever it did after it was asked to stop does not matter any more.
            extension.PendingReport = null;
            extension.HasDomain = false;
            extension.State = ExtensionState.Unloaded;
            extension.DeadlineNanoseconds = long.MaxValue;
            extension.Current = null;
        }

        return record.ObjectsLeaked == 0 && record.PagesAfter == 0
            ? null
            : $"{record.ObjectsLeaked} objects and {record.PagesAfter} pages leaked; {record.Note}";
    }

    private void Reload(ManagedExtension extension)
    {
        FaultRecord record = StopOrderly(extension, wasRunning: true);
        if (record.Id == NoFault)
        {
            record = lifecycle.Open(extension, record.Report);
        }

        if (sequence.TakeDown(extension.DomainId, record))
        {
            lifecycle.Apply(extension, new RecoveryDecision(RecoveryAction.Restart, 0), DecisionSource.Command);
        }
        else
        {
            lifecycle.GiveUp(extension);
        }
    }

    /// <summary>Asks a running instance to come to rest. A failure while it does so is recorded like any other.</summary>
    private FaultRecord StopOrderly(ManagedExtension extension, bool wasRunning)
    {
        lifecycle.Move(extension, ExtensionState.Stopping, long.MaxValue);
        if (wasRunning)
        {
            domains.RequestStop(extension.DomainId);
            lifecycle.CollectFaults();
        }

        FaultReport? report;
        lock (registry.Sync)
        {
            report = extension.PendingReport;
        }

        return report is null ? Unlogged(extension) : lifecycle.Open(extension, report);
    }

    private FaultRecord Unlogged(ManagedExtension extension)
    {
        FaultReport requested = new()
        {
            DomainId = extension.DomainId,
            Kind = FaultKind.Requested,
            TimeNanoseconds = clock.NowNanoseconds,
        };
        return new FaultRecord(
            NoFault, extension.Definition.Name, extension.ImageName, extension.Generation, requested);
    }

    private string? StartError(ManagedExtension extension)
    {
        lock (registry.Sync)
        {
            return extension.State == ExtensionState.Running ? null : FailedWhileStarting;
        }
    }
}
