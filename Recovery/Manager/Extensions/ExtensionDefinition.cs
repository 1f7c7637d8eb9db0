using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>What has to be known of an extension before it can be loaded.</summary>
public sealed record ExtensionDefinition
{
    /// <summary>Its name in commands and records.</summary>
    public required string Name { get; init; }

    /// <summary>Its image.</summary>
    public required string ImageName { get; init; }

    /// <summary>The image that the policy may load instead; null for none.</summary>
    public string? ReplacementImageName { get; init; }

    /// <summary>Whether it is the recovery agent. Its failures are decided on by the kernel.</summary>
    public bool IsAgent { get; init; }

    /// <summary>Its policy.</summary>
    public RecoveryPolicyParameters Policy { get; init; } = RecoveryPolicy.Default;
}
