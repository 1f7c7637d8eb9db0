namespace NooksOS.Contracts;

/// <summary>The policy set for one extension by the <c>policy</c> command.</summary>
/// <param name="Action">What is done first.</param>
/// <param name="InitialDelayMilliseconds">Delay before the second restart within the window; doubles with each further one.</param>
/// <param name="MaximumDelayMilliseconds">The delay never exceeds this.</param>
/// <param name="MaximumFaults">More faults than this within the window, and the policy gives up or replaces. Zero: never.</param>
/// <param name="WindowMilliseconds">The window.</param>
/// <param name="HasReplacement">Whether a replacement image is named.</param>
public readonly record struct RecoveryPolicyParameters(
    RecoveryAction Action,
    uint InitialDelayMilliseconds,
    uint MaximumDelayMilliseconds,
    uint MaximumFaults,
    uint WindowMilliseconds,
    bool HasReplacement);
