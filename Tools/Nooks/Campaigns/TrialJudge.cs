using System;
using System.Linq;

namespace NooksOS.Tool.Campaigns;

/// <summary>Says what became of a trial.</summary>
public static class TrialJudge
{
    /// <summary>A wait up to which users notice nothing: shorter than one retransmission of TCP.</summary>
    public const double UnseenMilliseconds = 200;

    private const string Recovered = "recovered";

    /// <summary>Classifies a trial in which the kernel lived.</summary>
    public static TrialOutcome Judge(TrialObservation seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (seen.Damage is not null || (!seen.WorksAfterwards && seen.Loss is null))
        {
            return TrialOutcome.KernelDamage;
        }

        // What a driver has written over is lost, and nobody can work with it afterwards, be the kernel as sound as it may.
        if (seen.Workload.WrongAnswers > 0 || seen.Loss is not null)
        {
            return TrialOutcome.WrongResult;
        }

        if (seen.Failures.Any(failure => failure.Outcome != Recovered) || !seen.AllRun)
        {
            return TrialOutcome.GaveUp;
        }

        if (!seen.Workload.Completed)
        {
            return seen.Failures.Count == 0 ? TrialOutcome.Undetected : TrialOutcome.GaveUp;
        }

        if (seen.Failures.Count == 0)
        {
            return JudgeSilence(seen);
        }

        return seen.Workload switch
        {
            { Errors: > 0 } => TrialOutcome.RecoveredError,
            { LongestWaitMilliseconds: > UnseenMilliseconds } => TrialOutcome.RecoveredPause,
            _ => TrialOutcome.RecoveredUnseen,
        };
    }

    // Errors without a failure on record: something was wrong, and nobody saw to it.
    private static TrialOutcome JudgeSilence(TrialObservation seen)
    {
        bool isActivated = seen.Faults.Any(fault => fault.Activated);
        return (isActivated, seen.Workload.Errors) switch
        {
            (true, > 0) => TrialOutcome.Undetected,
            (true, _) => TrialOutcome.NoEffect,
            _ => TrialOutcome.NotActivated,
        };
    }
}
