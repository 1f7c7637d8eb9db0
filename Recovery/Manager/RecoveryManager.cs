using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// Keeps extensions running. Whoever notices a failure calls <see cref="Report"/>; one thread, the recovery thread, runs
/// <see cref="Run"/> and takes every extension through its states; the shell asks with <see cref="Request"/>.
/// <para>
/// Put together first: <see cref="Register"/> for each extension and <see cref="AddParticipant"/> for each shadow, before the
/// recovery thread runs.
/// </para>
/// </summary>
public sealed class RecoveryManager : IFaultSink
{
    private const long PollNanoseconds = 1_000_000;

    private readonly ExtensionRegistry _registry = new();
    private readonly List<IRecoveryParticipant> _participants = [];
    private readonly IDomainControl _domains;
    private readonly IKernelClock _clock;
    private readonly IKernelSignal _work;
    private readonly IKernelSignal _done;
    private readonly ExtensionLifecycle _lifecycle;
    private readonly ExtensionCommands _commands;
    private bool _isIdle;

    /// <param name="domains">The isolation layer.</param>
    /// <param name="clock">Time.</param>
    /// <param name="work">Wakes the recovery thread.</param>
    /// <param name="done">Wakes <see cref="RunWhenIdle"/>.</param>
    /// <param name="agentNews">Wakes the agent; shared with its <see cref="RecoveryServices"/>.</param>
    /// <param name="options">Bounds.</param>
    public RecoveryManager(
        IDomainControl domains,
        IKernelClock clock,
        IKernelSignal work,
        IKernelSignal done,
        IKernelSignal agentNews,
        RecoveryOptions options)
    {
        _domains = domains;
        _clock = clock;
        _work = work;
        _done = done;
        RecoverySequence sequence = new(domains, clock, _participants, options);
        DecisionMaker decisions = new(_registry, Desk, clock, agentNews, this, options);
        _lifecycle = new ExtensionLifecycle(_registry, domains, clock, sequence, decisions, Log, this, options);
        _commands = new ExtensionCommands(_registry, domains, clock, sequence, decisions, _lifecycle);
        Starts = new StartsThatHoldUp(_registry, _lifecycle.CollectFaults, clock);
    }

    /// <summary>The records.</summary>
    public FaultLog Log { get; } = new(FaultLog.DefaultCapacity);

    /// <summary>Starts that keep others from being replaced, for the health monitor.</summary>
    public IProgressSource Starts { get; }

    internal DecisionDesk Desk { get; } = new();

    /// <summary>Makes an extension known. It is not loaded.</summary>
    public void Register(ExtensionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _registry.Add(definition);
    }

    /// <summary>Adds a shadow. Shadows are told in the order in which they were added.</summary>
    public void AddParticipant(IRecoveryParticipant participant) => _participants.Add(participant);

    /// <inheritdoc/>
    public uint CurrentInstance(uint domainId)
    {
        lock (_registry.Sync)
        {
            return _registry.FindByDomain(domainId)?.Generation ?? 0;
        }
    }

    /// <inheritdoc/>
    public bool Report(FaultReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ManagedExtension? extension;
        lock (_registry.Sync)
        {
            extension = _registry.FindByDomain(report.DomainId);
            if (extension is null || extension.PendingReport is not null || !CanFail(extension.State)
                || (report.Instance is { } instance && instance != extension.Generation))
            {
                return false;
            }

            extension.PendingReport = report;
            if (extension.State == ExtensionState.Running)
            {
                extension.State = ExtensionState.Failed;
            }
        }

        // At once, not when the recovery thread comes to it: nobody may enter a domain that is known to be broken.
        _domains.Stop(report.DomainId);
        lock (_registry.Sync)
        {
            extension.StoppedNanoseconds = _clock.NowNanoseconds;
        }

        _work.Set();
        return true;
    }

    /// <summary>
    /// Asks for something; the recovery thread does it. <see cref="WaitForCommand"/> tells when and how. Returns null, or one
    /// line that says why it cannot be asked.
    /// </summary>
    public string? Request(string name, ExtensionCommand command)
    {
        if (command == ExtensionCommand.Load && Describe(name) is { } wanted)
        {
            _domains.Prepare(wanted.Name, wanted.ImageName);
        }

        lock (_registry.Sync)
        {
            ManagedExtension? extension = _registry.Find(name);
            if (extension is null)
            {
                return $"there is no extension {name}";
            }

            if (extension.PendingCommand != ExtensionCommand.None)
            {
                return $"{name} is busy: {extension.PendingCommand}";
            }

            if (command == ExtensionCommand.Load
                && extension.State is not (ExtensionState.Unloaded or ExtensionState.GivenUp))
            {
                return $"{name} is loaded already";
            }

            if (command != ExtensionCommand.Load && extension.State == ExtensionState.Unloaded)
            {
                return $"{name} is not loaded";
            }

            extension.PendingCommand = command;
        }

        _work.Set();
        return null;
    }

    /// <summary>Sets the policy of an extension. False if there is none of that name.</summary>
    public bool SetPolicy(string name, RecoveryPolicyParameters policy)
    {
        lock (_registry.Sync)
        {
            if (_registry.Find(name) is not { } extension)
            {
                return false;
            }

            extension.Policy = policy;
            return true;
        }
    }

    /// <summary>The policy of the extension in a domain.</summary>
    public bool TryGetPolicy(uint domainId, out RecoveryPolicyParameters policy)
    {
        lock (_registry.Sync)
        {
            ManagedExtension? extension = _registry.FindByDomain(domainId);
            policy = extension?.EffectivePolicy ?? default;
            return extension is not null;
        }
    }

    /// <summary>Describes every extension.</summary>
    public IReadOnlyList<ExtensionStatus> Describe() => _registry.Describe();

    /// <summary>Describes one extension; null if there is none of that name.</summary>
    public ExtensionStatus? Describe(string name)
    {
        lock (_registry.Sync)
        {
            return _registry.Find(name)?.Describe();
        }
    }

    /// <summary>Forgets recoveries that have ended, so that the next <see cref="WaitRecovered"/> waits for a new one.</summary>
    public void AcknowledgeRecoveries(string name)
    {
        lock (_registry.Sync)
        {
            if (_registry.Find(name) is { } extension)
            {
                extension.RecoveriesAcknowledged = extension.RecoveriesEnded;
            }
        }
    }

    /// <summary>
    /// Waits until a recovery has ended that nobody has waited for yet. One that ended before the call counts: a restart can
    /// be faster than the next command.
    /// </summary>
    public RecoveryWaitResult WaitRecovered(string name, long timeoutNanoseconds)
        => WaitUntil(name, timeoutNanoseconds, TakeEndedRecovery);

    /// <summary>Waits until the command asked for last has been carried out.</summary>
    public RecoveryWaitResult WaitForCommand(string name, long timeoutNanoseconds)
        => WaitUntil(name, timeoutNanoseconds, CommandResult);

    /// <summary>The recovery thread. Does not return.</summary>
    public void Run()
    {
        while (true)
        {
            long deadline = RunOnce();
            _work.Wait(deadline == long.MaxValue ? -1 : Math.Max(0, deadline - _clock.NowNanoseconds));
        }
    }

    /// <summary>
    /// A thread of low priority, which gets to run once nothing else is to be done after a change: only then is the next instance of
    /// an extension made, on the recovery thread. Does not return.
    /// </summary>
    public void RunWhenIdle()
    {
        while (true)
        {
            _done.Wait(-1);
            SayIdle();
        }
    }

    /// <summary>Has the next pass of the recovery thread make a standby, if there is nothing better to do.</summary>
    public void SayIdle()
    {
        Volatile.Write(ref _isIdle, true);
        _work.Set();
    }

    /// <summary>
    /// Does what can be done now, and returns when there will be something to do although nothing happens
    /// (<see cref="long.MaxValue"/>: never).
    /// </summary>
    public long RunOnce()
    {
        _lifecycle.CollectFaults();
        long deadline = long.MaxValue;
        bool moved;
        bool changed = false;
        do
        {
            // Again from the start after any step: taking one extension down can make another one fail.
            moved = false;
            deadline = long.MaxValue;
            for (int index = 0; _registry.TryGet(index, out ManagedExtension extension); index++)
            {
                moved |= _lifecycle.Advance(extension) || _commands.CarryOut(extension);
                deadline = Math.Min(deadline, extension.DeadlineNanoseconds);
            }

            changed |= moved;
        }
        while (moved);

        // One at a time, each once others had their turn.
        bool wasIdle = Interlocked.Exchange(ref _isIdle, false);
        if (changed || (wasIdle && TryPrepareStandby()))
        {
            _done.Set();
        }

        return deadline;
    }

    internal bool Answer(uint faultId, RecoveryDecision decision)
    {
        bool taken = Desk.TryAnswer(faultId, decision);
        if (taken)
        {
            _work.Set();
        }

        return taken;
    }

    private bool TryPrepareStandby()
    {
        bool isPrepared = false;
        for (int index = 0; !isPrepared && _registry.TryGet(index, out ManagedExtension extension); index++)
        {
            isPrepared = extension.State == ExtensionState.Running
                && _domains.TryPrepareStandby(extension.DomainId, extension.ImageName);
        }

        return isPrepared;
    }

    private static bool CanFail(ExtensionState state)
        => state is ExtensionState.Running or ExtensionState.Loading or ExtensionState.Restarting or ExtensionState.Stopping;

    private static RecoveryWaitResult? TakeEndedRecovery(ManagedExtension extension)
    {
        bool isSettled = extension.State is ExtensionState.Running or ExtensionState.GivenUp or ExtensionState.Unloaded;
        if (!isSettled || extension.RecoveriesEnded == extension.RecoveriesAcknowledged)
        {
            return null;
        }

        extension.RecoveriesAcknowledged = extension.RecoveriesEnded;
        return extension.State == ExtensionState.Running ? RecoveryWaitResult.Done : RecoveryWaitResult.Failed;
    }

    private static RecoveryWaitResult? CommandResult(ManagedExtension extension)
    {
        if (extension.PendingCommand != ExtensionCommand.None)
        {
            return null;
        }

        return extension.LastError is null ? RecoveryWaitResult.Done : RecoveryWaitResult.Failed;
    }

    private RecoveryWaitResult WaitUntil(
        string name, long timeoutNanoseconds, Func<ManagedExtension, RecoveryWaitResult?> condition)
    {
        long end = _clock.NowNanoseconds + timeoutNanoseconds;
        while (true)
        {
            lock (_registry.Sync)
            {
                if (_registry.Find(name) is not { } extension)
                {
                    return RecoveryWaitResult.Unknown;
                }

                if (condition(extension) is { } result)
                {
                    return result;
                }
            }

            if (_clock.NowNanoseconds >= end)
            {
                return RecoveryWaitResult.TimedOut;
            }

            _clock.Sleep(PollNanoseconds);
        }
    }
}
