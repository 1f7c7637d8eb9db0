using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>What is to be done about a failure.</summary>
/// <param name="Action">What.</param>
/// <param name="DelayMilliseconds">How long to wait first; zero unless the action is <see cref="RecoveryAction.RestartAfterDelay"/>.</param>
public readonly record struct RecoveryDecision(RecoveryAction Action, uint DelayMilliseconds);
