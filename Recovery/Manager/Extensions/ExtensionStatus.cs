using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>An extension as commands show it, at one moment.</summary>
public sealed record ExtensionStatus
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The image its current or next instance is made from.</summary>
    public required string ImageName { get; init; }

    /// <summary>The image that the policy may load instead; null for none.</summary>
    public required string? ReplacementImageName { get; init; }

    /// <summary>Whether it is the recovery agent.</summary>
    public required bool IsAgent { get; init; }

    /// <summary>Its domain, or null if it has none.</summary>
    public required uint? DomainId { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ExtensionState State { get; init; }

    /// <summary>How many instances there were, the current one included.</summary>
    public required uint Generation { get; init; }

    /// <summary>Whether it could be loaded and never was: a driver, say, without a device.</summary>
    public bool IsAvailable => Generation == 0 && State == ExtensionState.Unloaded;

    /// <summary>How often it failed.</summary>
    public required uint Faults { get; init; }

    /// <summary>How often a fresh instance took over.</summary>
    public required uint Restarts { get; init; }

    /// <summary>When the current instance was started, since boot.</summary>
    public required long InstanceStartNanoseconds { get; init; }

    /// <summary>Its policy.</summary>
    public required RecoveryPolicyParameters Policy { get; init; }

    /// <summary>Why the last command that concerned it failed; null if it did not.</summary>
    public required string? LastError { get; init; }
}
