using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// Takes one extension through failure, decision and restart. Runs on the recovery thread only; decides under the lock and
/// acts outside it.
/// </summary>
internal sealed class ExtensionLifecycle(
    ExtensionRegistry registry,
    IDomainControl domains,
    IKernelClock clock,
    RecoverySequence sequence,
    DecisionMaker decisions,
    FaultLog log,
    IFaultSink sink,
    RecoveryOptions options)
{
    private uint _lastFaultId;

    /// <summary>Takes the next step of an extension. False if there is none to take now.</summary>
    public bool Advance(ManagedExtension extension)
    {
        FaultReport? report;
        ExtensionState state;
        lock (registry.Sync)
        {
            report = extension.PendingReport;
            state = extension.State;
        }

        if (report is not null)
        {
            HandleFailure(extension, report);
            return true;
        }

        if (state == ExtensionState.WaitingForDecision)
        {
            return decisions.TryGet(extension, out RecoveryDecision decision, out DecisionSource source)
                && Apply(extension, decision, source);
        }

        return state == ExtensionState.Delayed
            && clock.NowNanoseconds >= extension.DeadlineNanoseconds
            && Restart(extension);
    }

    /// <summary>Takes up failures that were left where they could not be reported.</summary>
    public void CollectFaults()
    {
        while (domains.TakeFault() is { } report)
        {
            sink.Report(report);
        }
    }

    private void HandleFailure(ManagedExtension extension, FaultReport report)
    {
        FaultRecord record = Open(extension, report);
        if (!sequence.TakeDown(extension.DomainId, record))
        {
            GiveUp(extension);
            return;
        }

        if (extension.Definition.IsAgent)
        {
            // Only now: the dead agent cannot answer any more, so no failure is decided twice.
            decisions.ReturnTaken();
        }

        if (decisions.Ask(extension, record))
        {
            Move(extension, ExtensionState.WaitingForDecision, clock.NowNanoseconds + options.AgentBoundNanoseconds);
        }
        else
        {
            Apply(extension, decisions.DecideInKernel(extension, record), DecisionSource.Kernel);
        }
    }

    /// <summary>Carries a decision about the current failure out.</summary>
    public bool Apply(ManagedExtension extension, RecoveryDecision decision, DecisionSource source)
    {
        FaultRecord record = extension.Current!;
        record.Decision = decision;
        record.DecidedBy = source;
        long now = clock.NowNanoseconds;
        record.Mark(RecoveryStep.Decided, now);
        if (decision.Action == RecoveryAction.GiveUp)
        {
            return GiveUp(extension);
        }

        if (decision.Action == RecoveryAction.Replace)
        {
            lock (registry.Sync)
            {
                // The replacement is another program: what its predecessor did is not held against it.
                extension.RunsReplacement = true;
                extension.FailedRestarts = 0;
                extension.History.Clear();
            }
        }

        if (extension.FailedRestarts >= options.FailedRestartsAllowed)
        {
            record.AddNote($"given up by the kernel after {extension.FailedRestarts} restarts in succession that failed");
            return GiveUp(extension);
        }

        long delay = Math.Max(decision.DelayMilliseconds * 1_000_000L, LeastDelay(extension.FailedRestarts));
        if (delay == 0)
        {
            return Restart(extension);
        }

        if (delay > decision.DelayMilliseconds * 1_000_000L)
        {
            record.AddNote($"delayed by the kernel for {delay / 1_000_000} ms because the last restart failed");
        }

        Move(extension, ExtensionState.Delayed, now + delay);
        return true;
    }

    private bool Restart(ManagedExtension extension)
    {
        FaultRecord record = extension.Current!;
        string? error = BringUp(extension, ExtensionState.Restarting, record);
        lock (registry.Sync)
        {
            if (error is null && extension.PendingReport is null)
            {
                extension.State = ExtensionState.Running;
                extension.Restarts++;
                extension.FailedRestarts = 0;
                End(extension, RecoveryOutcome.Recovered);
            }
            else
            {
                // One that was ordered is no part of a row that goes on by itself.
                extension.FailedRestarts = record.DecidedBy == DecisionSource.Command ? 0 : extension.FailedRestarts + 1;
                record.Outcome = RecoveryOutcome.RestartFailed;
                extension.State = ExtensionState.Failed;
                extension.PendingReport ??= new FaultReport
                {
                    DomainId = extension.DomainId,
                    Kind = FaultKind.RuntimeFailure,
                    TimeNanoseconds = clock.NowNanoseconds,
                    Detail = error ?? string.Empty,
                };
            }
        }

        if (error is not null)
        {
            record.AddNote(error);
        }

        log.Ended?.Invoke(record);
        return true;
    }

    /// <summary>Brings up the next instance. Returns null, or one line that says why there is none.</summary>
    public string? BringUp(ManagedExtension extension, ExtensionState state, FaultRecord? record)
    {
        lock (registry.Sync)
        {
            extension.State = state;
            extension.DeadlineNanoseconds = long.MaxValue;
            extension.Generation++;
            extension.InstanceStartNanoseconds = clock.NowNanoseconds;
        }

        string? error = sequence.BringUp(extension.DomainId, extension.ImageName, record);
        CollectFaults();
        return error;
    }

    /// <summary>Begins the record of a failure. From here on the extension cannot fail a second time.</summary>
    public FaultRecord Open(ManagedExtension extension, FaultReport report)
    {
        FaultRecord record = new(
            ++_lastFaultId, extension.Definition.Name, extension.ImageName, extension.Generation, report);
        lock (registry.Sync)
        {
            extension.PendingReport = null;
            extension.State = ExtensionState.Failed;
            extension.DeadlineNanoseconds = long.MaxValue;
            extension.Current = record;
            if (report.Kind != FaultKind.Requested)
            {
                extension.Faults++;
                extension.History.Add(record.Id, report.TimeNanoseconds);
            }

            if (extension.StoppedNanoseconds >= report.TimeNanoseconds)
            {
                record.Mark(RecoveryStep.Stopped, extension.StoppedNanoseconds);
            }
        }

        log.Add(record);
        return record;
    }

    /// <summary>Leaves the extension stopped.</summary>
    public bool GiveUp(ManagedExtension extension)
    {
        FaultRecord record = extension.Current!;
        sequence.SayGone(extension.DomainId);
        domains.DropStandby(extension.DomainId);
        lock (registry.Sync)
        {
            extension.State = ExtensionState.GivenUp;
            extension.DeadlineNanoseconds = long.MaxValue;
            End(extension, RecoveryOutcome.GivenUp);
        }

        log.Ended?.Invoke(record);
        return true;
    }

    private static void End(ManagedExtension extension, RecoveryOutcome outcome)
    {
        extension.Current!.Outcome = outcome;
        extension.Current = null;
        extension.RecoveriesEnded++;
    }

    private long LeastDelay(uint failedRestarts) => failedRestarts == 0
        ? 0
        : Math.Min(
            options.FailedRestartDelayNanoseconds << (int)Math.Min(failedRestarts - 1, 16),
            options.MaximumFailedRestartDelayNanoseconds);

    /// <summary>Sets the state, and when it has to be looked at again.</summary>
    public void Move(ManagedExtension extension, ExtensionState state, long deadlineNanoseconds)
    {
        lock (registry.Sync)
        {
            extension.State = state;
            extension.DeadlineNanoseconds = deadlineNanoseconds;
        }
    }
}
