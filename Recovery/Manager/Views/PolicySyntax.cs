using System;
using System.Globalization;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// The words of the <c>policy</c> command:
/// <c>policy NAME [restart|delay|replace|give-up] [initial=MS] [maximum=MS] [faults=N] [window=MS]</c>.
/// What is not said stays as it is.
/// </summary>
public static class PolicySyntax
{
    /// <summary>What the command accepts after the name.</summary>
    public const string Usage = "[restart|delay|replace|give-up] [initial=MS] [maximum=MS] [faults=N] [window=MS]";

    private static readonly (string Word, RecoveryAction Action)[] s_actions =
    [
        ("restart", RecoveryAction.Restart),
        ("delay", RecoveryAction.RestartAfterDelay),
        ("replace", RecoveryAction.Replace),
        ("give-up", RecoveryAction.GiveUp),
    ];

    /// <summary>Changes a policy as the words say. Returns null, or one line that says what is wrong.</summary>
    public static string? TryApply(ReadOnlySpan<string> words, ref RecoveryPolicyParameters policy)
    {
        RecoveryPolicyParameters changed = policy;
        bool saysMaximum = false;
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string? error = equals < 0
                ? ApplyAction(word, ref changed)
                : ApplyNumber(word[..equals], word[(equals + 1)..], ref changed);
            if (error is not null)
            {
                return error;
            }

            saysMaximum |= word.StartsWith("maximum=", StringComparison.Ordinal);
        }

        if (changed.MaximumDelayMilliseconds < changed.InitialDelayMilliseconds)
        {
            if (saysMaximum)
            {
                return "maximum must not be less than initial";
            }

            // Who sets only the first delay wants it to grow from there.
            changed = changed with { MaximumDelayMilliseconds = DefaultMaximum(changed.InitialDelayMilliseconds) };
        }

        if (changed is { Action: RecoveryAction.Replace, HasReplacement: false })
        {
            return "no replacement image is named for this extension";
        }

        policy = changed;
        return null;
    }

    /// <summary>Says a policy in the words that would set it.</summary>
    public static string Format(in RecoveryPolicyParameters policy)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{WordOf(policy.Action)} initial={policy.InitialDelayMilliseconds} maximum={policy.MaximumDelayMilliseconds} "
            + $"faults={policy.MaximumFaults} window={policy.WindowMilliseconds}");
    }

    /// <summary>The word for an action.</summary>
    public static string WordOf(RecoveryAction action)
        => Array.Find(s_actions, entry => entry.Action == action).Word ?? string.Empty;

    private static uint DefaultMaximum(uint initialMilliseconds)
        => (uint)Math.Min(initialMilliseconds * 32UL, uint.MaxValue);

    private static string? ApplyAction(string word, ref RecoveryPolicyParameters policy)
    {
        foreach ((string known, RecoveryAction action) in s_actions)
        {
            if (word == known)
            {
                policy = policy with { Action = action };
                return null;
            }
        }

        return $"{word} is not one of {Usage}";
    }

    private static string? ApplyNumber(string name, string text, ref RecoveryPolicyParameters policy)
    {
        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value))
        {
            return $"{name} must be a number, not '{text}'";
        }

        switch (name)
        {
            case "initial":
                policy = policy with { InitialDelayMilliseconds = value };
                return null;
            case "maximum":
                policy = policy with { MaximumDelayMilliseconds = value };
                return null;
            case "window":
                policy = policy with { WindowMilliseconds = value };
                return null;
            case "faults" when value < FaultHistory.Capacity:
                policy = policy with { MaximumFaults = value };
                return null;
            case "faults":
                return $"faults must be less than {FaultHistory.Capacity}";
            default:
                return $"{name} is not one of {Usage}";
        }
    }
}
