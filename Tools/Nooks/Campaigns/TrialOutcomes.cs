using System.Collections.Generic;
using System.Text.Json;

namespace NooksOS.Tool.Campaigns;

/// <summary>Names and groups of outcomes.</summary>
internal static class TrialOutcomes
{
    /// <summary>All, best first.</summary>
    public static IReadOnlyList<TrialOutcome> All { get; } = System.Enum.GetValues<TrialOutcome>();

    /// <summary>The name in documents and tables.</summary>
    public static string NameOf(TrialOutcome outcome) => JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString());

    /// <summary>Whether something came of the faults. Where the emulator ended, nobody knows.</summary>
    public static bool IsManifested(TrialOutcome outcome) => outcome is > TrialOutcome.NoEffect and not TrialOutcome.EmulatorFailed;

    /// <summary>Whether the system came back by itself.</summary>
    public static bool IsRecovered(TrialOutcome outcome)
        => outcome is TrialOutcome.RecoveredUnseen or TrialOutcome.RecoveredPause or TrialOutcome.RecoveredError;
}
