using System;
using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Tool.Campaigns;

/// <summary>Why the faults of a trial were more than recovery mended: the class that a trial belongs to, as its record shows it.</summary>
public static class EscapeCause
{
    /// <summary>The class of a trial that escaped.</summary>
    public static string Of(TrialRecord trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        bool isFound = trial.Failures > 0;
        bool isServed = trial.Workload?.Completed ?? false;
        return trial.Outcome switch
        {
            TrialOutcome.KernelPanic => "the kernel ended",
            TrialOutcome.KernelHang => "the kernel no longer answered",
            TrialOutcome.KernelDamage => "the kernel could not prove that it was sound",
            TrialOutcome.EmulatorFailed => "the emulator ended, and nobody knows what the kernel would have done",
            TrialOutcome.WrongResult when isFound => "a user was given something wrong before the failure was found",
            TrialOutcome.WrongResult => "a user was given something wrong, and nobody who watches was",
            TrialOutcome.Undetected when isServed => "users saw errors, and nobody who watches did",
            TrialOutcome.Undetected => "users waited in vain, and nobody who watches did",
            TrialOutcome.GaveUp when !isServed => "the failure was found, but users did not finish in their time",
            _ => "an extension failed and was left stopped",
        };
    }

    /// <summary>The classes of some trials and how many each has, the largest first.</summary>
    public static IReadOnlyList<(string Cause, TrialRecord[] Trials)> Count(IEnumerable<TrialRecord> escapes) =>
    [
        .. from trial in escapes
           group trial by Of(trial) into cause
           orderby cause.Count() descending, cause.Key
           select (cause.Key, cause.ToArray()),
    ];

    /// <summary>How many trials of each extension there are, in words.</summary>
    public static string CountByExtension(IEnumerable<TrialRecord> trials)
        => string.Join(", ", trials.GroupBy(trial => $"{trial.Extension} {trial.Key().Configuration.Name}")
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} {group.Count()}"));
}
