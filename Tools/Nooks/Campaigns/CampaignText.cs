using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NooksOS.Tool.Campaigns;

/// <summary>The report of a campaign as text.</summary>
internal static class CampaignText
{
    private const int EscapesShown = 40;

    /// <summary>Writes the report.</summary>
    public static string Write(CampaignSummary summary)
    {
        StringBuilder text = new();
        CampaignPlan plan = summary.Plan;
        text.AppendLine(CultureInfo.InvariantCulture, $"seed {plan.Seed}, {plan.FaultsPerTrial} faults a trial, {summary.Trials.Count} trials finished, {Builds(summary.Trials)}");
        AppendGroups(text, "by extension", summary.Groups);
        AppendGroups(text, "all extensions", summary.Configurations);
        AppendGroups(text, "by type of fault", summary.Types);
        AppendTimes(text, summary.Trials);
        AppendEscapes(text, summary.Escapes);
        return text.ToString();
    }

    /// <summary>The name of a trial, as <c>campaign replay</c> takes it.</summary>
    public static string NameOf(TrialRecord trial) => $"{trial.Extension}/{trial.Key().Configuration.Name}/{trial.Trial}";

    private static string Builds(IReadOnlyList<TrialRecord> trials)
    {
        string[] builds = [.. trials.Select(trial => trial.Build ?? "not known").Distinct().Order(StringComparer.Ordinal)];
        return (builds.Length == 1 ? "build " : "builds ") + string.Join(", ", builds);
    }

    private static void AppendTimes(StringBuilder text, IReadOnlyList<TrialRecord> trials)
    {
        if (trials.Count == 0)
        {
            return;
        }

        IEnumerable<string> phases =
            from phase in trials.SelectMany(trial => trial.PhaseSeconds ?? new Dictionary<string, double>())
            group phase.Value by phase.Key into times
            orderby times.Sum() descending
            select string.Create(CultureInfo.InvariantCulture, $"{times.Key} {times.Sum() / trials.Count:0.000}");
        text.AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"seconds of a trial, on average: {trials.Average(trial => trial.HostSeconds):0.000}; {string.Join(", ", phases)}");
    }

    private static void AppendGroups(StringBuilder text, string title, IReadOnlyList<TrialGroup> groups)
    {
        TrialOutcome[] shown = [.. TrialOutcomes.All.Where(outcome => groups.Any(group => group.CountOf(outcome) > 0))];
        string[] head =
        [
            title, "under", "trials", "injected", "activated", "manifested", "recovered", .. shown.Select(TrialOutcomes.NameOf),
            "detection p50/p99 ms", "recovery p50/p99 ms",
        ];
        List<string[]> rows = [head];
        foreach (TrialGroup group in groups)
        {
            string[] outcomes = [.. shown.Select(outcome => Number(group.CountOf(outcome)))];
            rows.Add(
            [
                group.Name, group.Configuration.Name, Number(group.Count), Number(group.Injected), Number(group.Activated),
                Number(group.Manifested), $"{Number(group.Recovered)} ({Percent(group.RecoveredPercent)})", .. outcomes,
                Times(group.DetectionMilliseconds()), Times(group.RecoveryMilliseconds()),
            ]);
        }

        int[] widths = [.. head.Select((_, column) => rows.Max(row => row[column].Length))];
        text.AppendLine();
        foreach (string[] row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }

    private static void AppendEscapes(StringBuilder text, IReadOnlyList<TrialRecord> escapes)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{escapes.Count} {(escapes.Count == 1 ? "trial" : "trials")} that recovery did not mend");
        foreach ((string cause, TrialRecord[] trials) in EscapeCause.Count(escapes))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {trials.Length}: {cause} ({EscapeCause.CountByExtension(trials)})");
        }

        text.AppendLine();
        foreach (TrialRecord trial in escapes.Take(EscapesShown))
        {
            string why = trial.Detail?.Split('\n')[0] ?? trial.Workload?.Failure ?? string.Empty;
            text.AppendLine(CultureInfo.InvariantCulture, $"  {NameOf(trial)}: {TrialOutcomes.NameOf(trial.Outcome)}, {trial.Type}; {why}");
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double? value) => value is { } percent ? percent.ToString("0.0", CultureInfo.InvariantCulture) + "%" : "-";

    private static string Times(double[] ascending) => ascending.Length == 0
        ? "-"
        : string.Create(
            CultureInfo.InvariantCulture, $"{TrialGroup.Percentile(ascending, 50):0.0}/{TrialGroup.Percentile(ascending, 99):0.0}");
}
