using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// Decides what to do about a failed extension. A pure function of the parameters, the times of earlier failures and the
/// time: the agent and, should the agent not answer, the kernel come to the same decision.
/// </summary>
public static class RecoveryPolicy
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>What applies to an extension for which nothing was set: restart at once, always.</summary>
    public static RecoveryPolicyParameters Default => new(
        RecoveryAction.Restart,
        InitialDelayMilliseconds: 0,
        MaximumDelayMilliseconds: 0,
        MaximumFaults: 0,
        WindowMilliseconds: 10_000,
        HasReplacement: false);

    /// <summary>Decides about the failure that was added to the history last.</summary>
    /// <param name="parameters">The policy of the extension.</param>
    /// <param name="history">Its failures, this one included.</param>
    /// <param name="nowNanoseconds">The time, since boot.</param>
    public static RecoveryDecision Decide(in RecoveryPolicyParameters parameters, FaultHistory history, long nowNanoseconds)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (parameters.Action == RecoveryAction.GiveUp)
        {
            return new RecoveryDecision(RecoveryAction.GiveUp, 0);
        }

        long windowStart = nowNanoseconds - (parameters.WindowMilliseconds * NanosecondsPerMillisecond);

        // The failure at hand counts whatever the window is.
        uint faults = Math.Max(1, history.CountAfter(windowStart));
        if (parameters.MaximumFaults != 0 && faults > parameters.MaximumFaults)
        {
            return new RecoveryDecision(parameters.HasReplacement ? RecoveryAction.Replace : RecoveryAction.GiveUp, 0);
        }

        if (parameters is { Action: RecoveryAction.Replace, HasReplacement: true })
        {
            return new RecoveryDecision(RecoveryAction.Replace, 0);
        }

        // The first restart is free unless the policy asks for a delay each time.
        uint delayedBefore = parameters.Action == RecoveryAction.RestartAfterDelay ? faults : faults - 1;
        uint delay = delayedBefore == 0 ? 0 : Delay(parameters, delayedBefore - 1);
        return delay == 0
            ? new RecoveryDecision(RecoveryAction.Restart, 0)
            : new RecoveryDecision(RecoveryAction.RestartAfterDelay, delay);
    }

    private static uint Delay(in RecoveryPolicyParameters parameters, uint doublings)
    {
        // Past 31 doublings any delay of at least one millisecond is beyond what the type holds.
        ulong delay = doublings > 31 && parameters.InitialDelayMilliseconds != 0
            ? uint.MaxValue
            : (ulong)parameters.InitialDelayMilliseconds << (int)Math.Min(doublings, 31);
        return (uint)Math.Min(delay, parameters.MaximumDelayMilliseconds);
    }
}
