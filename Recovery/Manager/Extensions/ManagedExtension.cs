using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// The manager's own state of an extension. Fields are guarded by the manager's lock; only the recovery thread moves the
/// state on, apart from <see cref="ExtensionState.Running"/> to <see cref="ExtensionState.Failed"/>, which a report does.
/// </summary>
internal sealed class ManagedExtension(ExtensionDefinition definition)
{
    public ExtensionDefinition Definition { get; } = definition;

    public FaultHistory History { get; } = new();

    public RecoveryPolicyParameters Policy { get; set; } = definition.Policy;

    public ExtensionState State { get; set; }

    public uint DomainId { get; set; }

    public bool HasDomain { get; set; }

    public bool RunsReplacement { get; set; }

    public uint Generation { get; set; }

    public uint Faults { get; set; }

    public uint Restarts { get; set; }

    public long InstanceStartNanoseconds { get; set; }

    /// <summary>How many restarts in succession did not come up.</summary>
    public uint FailedRestarts { get; set; }

    /// <summary>The failure that the recovery thread has not taken up yet.</summary>
    public FaultReport? PendingReport { get; set; }

    /// <summary>When the reporter had stopped the domain.</summary>
    public long StoppedNanoseconds { get; set; }

    /// <summary>The recovery that is under way.</summary>
    public FaultRecord? Current { get; set; }

    public ExtensionCommand PendingCommand { get; set; }

    public string? LastError { get; set; }

    /// <summary>When the state has to be looked at again although nothing happened.</summary>
    public long DeadlineNanoseconds { get; set; } = long.MaxValue;

    /// <summary>Recoveries that ended, well or not.</summary>
    public uint RecoveriesEnded { get; set; }

    /// <summary>How many of them a command has been told about.</summary>
    public uint RecoveriesAcknowledged { get; set; }

    public string ImageName => RunsReplacement && Definition.ReplacementImageName is { } replacement
        ? replacement
        : Definition.ImageName;

    /// <summary>The policy as it applies now: an extension that runs its replacement has no other one.</summary>
    public RecoveryPolicyParameters EffectivePolicy
        => Policy with { HasReplacement = Definition.ReplacementImageName is not null && !RunsReplacement };

    public ExtensionStatus Describe() => new()
    {
        Name = Definition.Name,
        ImageName = ImageName,
        ReplacementImageName = Definition.ReplacementImageName,
        IsAgent = Definition.IsAgent,
        DomainId = HasDomain ? DomainId : null,
        State = State,
        Generation = Generation,
        Faults = Faults,
        Restarts = Restarts,
        InstanceStartNanoseconds = InstanceStartNanoseconds,
        Policy = EffectivePolicy,
        LastError = LastError,
    };
}
