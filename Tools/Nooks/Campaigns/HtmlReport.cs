using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace NooksOS.Tool.Campaigns;

/// <summary>The report of a campaign as one HTML page that needs nothing else.</summary>
internal sealed class HtmlReport(CampaignSummary summary)
{
    private const int EscapesShown = 500;

    private readonly StringBuilder _html = new();

    /// <summary>Writes the page.</summary>
    public string Write()
    {
        CampaignPlan plan = summary.Plan;
        _html.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>NooksOS: injected faults</title><style>")
            .Append(Style)
            .Append("</style><h1>Injected faults and what became of them</h1><p>")
            .Append(Text($"{summary.Trials.Count} trials of {plan.FaultsPerTrial} faults, seed {plan.Seed}, network card {plan.Nic}."))
            .Append("</p>");
        AddTable("Totals", summary.Configurations);
        AddBars("Outcomes by extension", summary.Groups);
        AddTable("By extension", summary.Groups);
        AddBars("Outcomes by type of fault", summary.Types);
        AddTable("By type of fault", summary.Types);
        AddDistribution("Detection: from the first fault that was reached, in guest time", group => group.DetectionMilliseconds());
        AddDistribution("Recovery: from the detection to an extension that works, in guest time", group => group.RecoveryMilliseconds());
        AddDetectors();
        AddEscapes();
        return _html.Append("</html>\n").ToString();
    }

    private static string Style =>
        "body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}"
        + "table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums;font-size:12px}"
        + "th,td{padding:.25rem .4rem;border-bottom:1px solid #ddd;text-align:right}th{vertical-align:bottom}.words td,.words th{vertical-align:top;text-align:left}"
        + "td:first-child{white-space:nowrap}th:first-child,td:first-child,th:nth-child(2),td:nth-child(2),.words td{text-align:left}"
        + "code{font-size:12px}svg text{font:12px system-ui,sans-serif;fill:#222}"
        + string.Concat(TrialOutcomes.All.Select(outcome => $".{TrialOutcomes.NameOf(outcome)}{{fill:{ColourOf(outcome)}}}"));

    private static string ColourOf(TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.NotActivated => "#e4e4e4",
        TrialOutcome.NoEffect => "#c9c9c9",
        TrialOutcome.RecoveredUnseen => "#2e8b57",
        TrialOutcome.RecoveredPause => "#8fc98f",
        TrialOutcome.RecoveredError => "#e3d26f",
        TrialOutcome.Undetected => "#e8a33d",
        TrialOutcome.WrongResult => "#c0649b",
        TrialOutcome.GaveUp => "#b5651d",
        TrialOutcome.EmulatorFailed => "#7a7a7a",
        TrialOutcome.KernelDamage => "#8b3fd1",
        TrialOutcome.KernelPanic => "#d62728",
        _ => "#7f0000",
    };

    private static string Text(FormattableString text) => WebUtility.HtmlEncode(text.ToString(CultureInfo.InvariantCulture));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static TrialOutcome[] Shown(IReadOnlyList<TrialGroup> groups)
        => [.. TrialOutcomes.All.Where(outcome => groups.Any(group => group.CountOf(outcome) > 0))];

    private void AddTable(string title, IReadOnlyList<TrialGroup> groups)
    {
        TrialOutcome[] shown = Shown(groups);
        string[] head =
        [
            "", "under", "trials", "faults", "activated", "manifested", "recovered", "recovered, %", "unseen or pause, %",
            .. shown.Select(TrialOutcomes.NameOf),
        ];
        _html.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(title)}</h2><table><tr>");
        _html.Append(string.Concat(head.Select(cell => $"<th>{cell}</th>"))).Append("</tr>");
        foreach (TrialGroup group in groups)
        {
            string[] cells =
            [
                WebUtility.HtmlEncode(group.Name), group.Configuration.Name, Number(group.Count), Number(group.Injected), Number(group.Activated),
                Number(group.Manifested), Number(group.Recovered),
                group.RecoveredPercent is { } recovered ? Number(recovered) : "-",
                group.TransparentPercent is { } transparent ? Number(transparent) : "-",
                .. shown.Select(outcome => Number(group.CountOf(outcome))),
            ];
            _html.Append("<tr>").Append(string.Concat(cells.Select(cell => $"<td>{cell}</td>"))).Append("</tr>");
        }

        _html.Append("</table>");
    }

    // As Figure 2 of the Nooks paper: how many trials of each ended how, without and with protection side by side.
    private void AddBars(string title, IReadOnlyList<TrialGroup> groups)
    {
        const int RowHeight = 22;
        const int LabelWidth = 210;
        const int BarWidth = 760;
        TrialOutcome[] shown = Shown(groups);
        TrialGroup[] ordered = [.. groups.OrderBy(group => group.Name, StringComparer.Ordinal)];
        int height = (ordered.Length * RowHeight) + 8;
        _html.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(title)}</h2><p>");
        foreach (TrialOutcome outcome in shown)
        {
            string name = TrialOutcomes.NameOf(outcome);
            _html.Append(CultureInfo.InvariantCulture, $"<svg width=\"12\" height=\"12\"><rect class=\"{name}\" width=\"12\" height=\"12\"/></svg> {name} &nbsp; ");
        }

        _html.Append(CultureInfo.InvariantCulture, $"</p><svg width=\"{LabelWidth + BarWidth + 10}\" height=\"{height}\" role=\"img\">");
        for (int row = 0; row < ordered.Length; row++)
        {
            TrialGroup group = ordered[row];
            int top = row * RowHeight;
            double left = LabelWidth;
            _html.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{top + 15}\">{WebUtility.HtmlEncode(group.Name)}, {group.Configuration.Name}</text>");
            foreach (TrialOutcome outcome in shown.Where(outcome => group.CountOf(outcome) > 0))
            {
                double width = (double)BarWidth * group.CountOf(outcome) / group.Count;
                string name = TrialOutcomes.NameOf(outcome);
                _html.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect class=\"{name}\" x=\"{left:0.##}\" y=\"{top + 2}\" width=\"{width:0.##}\" height=\"17\"><title>{name}: {group.CountOf(outcome)} of {group.Count}</title></rect>");
                left += width;
            }
        }

        _html.Append("</svg>");
    }

    // Share of the trials up to each time, on a logarithmic scale.
    private void AddDistribution(string title, Func<TrialGroup, double[]> values)
    {
        const double Width = 820;
        const double Height = 220;
        const double Left = 50;
        const double LabelWidth = 280;
        const double LeastMilliseconds = 0.01;
        const double Decades = 6;
        const double PercentStep = 25;
        string[] colours = ["#1f77b4", "#ff7f0e", "#2e8b57", "#d62728"];
        double Across(double milliseconds) => Left + (Width * Math.Clamp(Math.Log10(Math.Max(milliseconds, LeastMilliseconds) / LeastMilliseconds) / Decades, 0, 1));
        _html.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(title)}</h2><svg width=\"{Left + Width + LabelWidth}\" height=\"{Height + 30}\" role=\"img\">");
        for (int decade = 0; decade <= Decades; decade++)
        {
            double time = LeastMilliseconds * Math.Pow(10, decade);
            double x = Across(time);
            _html.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"0\" y2=\"{Height}\" stroke=\"#ddd\"/><text x=\"{x:0.#}\" y=\"{Height + 18}\" text-anchor=\"middle\">{time:0.##} ms</text>");
        }

        for (double percent = 0; percent <= 100; percent += PercentStep)
        {
            double y = Height * (1 - (percent / 100));
            _html.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{Math.Max(y, 8) + 4:0.#}\" text-anchor=\"end\">{percent:0}%</text>");
        }

        for (int index = 0; index < summary.Configurations.Count; index++)
        {
            TrialGroup group = summary.Configurations[index];
            double[] ascending = values(group);
            string colour = colours[index % colours.Length];
            IEnumerable<string> points = ascending.Select((value, place)
                => string.Create(CultureInfo.InvariantCulture, $"{Across(value):0.#},{Height * (1 - ((place + 1.0) / ascending.Length)):0.#}"));
            _html.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{string.Join(' ', points)}\"/>");
            string percentiles = ascending.Length == 0
                ? "none"
                : string.Create(CultureInfo.InvariantCulture, $"p50 {TrialGroup.Percentile(ascending, 50):0.0}, p99 {TrialGroup.Percentile(ascending, 99):0.0} ms");
            _html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + Width + 10}\" y=\"{20 + (index * 20)}\" style=\"fill:{colour}\">{group.Configuration.Name}: {percentiles}</text>");
        }

        _html.Append("</svg>");
    }

    // Which watch sees what, and how soon.
    private void AddDetectors()
    {
        const double Median = 50;
        const double Late = 99;
        _html.Append("<h2>How failures were found</h2><table><tr><th>found by</th><th>under</th><th>trials</th><th>p50, ms</th><th>p99, ms</th><th>longest, ms</th></tr>");
        var found = summary.Trials
            .Where(trial => trial is { DetectedBy: not null, DetectionMilliseconds: not null })
            .GroupBy(trial => (Name: trial.DetectedBy!, Under: trial.Key().Configuration.Name))
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal);
        foreach (var group in found)
        {
            double[] ascending = [.. group.Select(trial => trial.DetectionMilliseconds!.Value).Order()];
            double Percentile(double percent) => TrialGroup.Percentile(ascending, percent) ?? 0;
            _html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{WebUtility.HtmlEncode(group.Key.Name)}</td><td>{group.Key.Under}</td><td>{ascending.Length}</td><td>{Percentile(Median):0.0}</td><td>{Percentile(Late):0.0}</td><td>{ascending[^1]:0.0}</td></tr>");
        }

        _html.Append("</table>");
    }

    private void AddEscapes()
    {
        _html.Append(CultureInfo.InvariantCulture, $"<h2>What escaped, and why</h2><p>{summary.Escapes.Count} trials that recovery did not mend.</p>");
        AddCauses();
        _html.Append("<table class=\"words\"><tr><th>trial</th><th>outcome</th><th>type</th><th>faults that were reached, or all where the kernel did not live to tell</th><th>what was seen</th></tr>");
        foreach (TrialRecord trial in summary.Escapes.Take(EscapesShown))
        {
            IEnumerable<InjectedFault> faults = trial.Activated > 0 ? trial.Faults.Where(fault => fault.Activated) : trial.Faults;
            IEnumerable<string> lines = faults.Select(fault
                => $"{Text($"{fault.Function} {fault.File}:{fault.Line}")}<br><code>{Text($"{fault.Before}  →  {fault.After}")}</code>");
            string seen = trial.Detail?.Split('\n')[0] ?? trial.Workload?.Failure ?? string.Empty;
            _html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Text($"{CampaignText.NameOf(trial)}")}</td><td>{TrialOutcomes.NameOf(trial.Outcome)}</td><td>{Text($"{trial.Type}")}</td><td>{string.Join("<br>", lines)}</td><td>{Text($"{seen}")}</td></tr>");
        }

        _html.Append("</table>");
    }

    private void AddCauses()
    {
        _html.Append("<table class=\"words\"><tr><th>why</th><th>trials</th><th>of which extensions</th></tr>");
        foreach ((string cause, TrialRecord[] trials) in EscapeCause.Count(summary.Escapes))
        {
            _html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text($"{cause}")}</td><td>{trials.Length}</td><td>{Text($"{EscapeCause.CountByExtension(trials)}")}</td></tr>");
        }

        _html.Append("</table>");
    }
}
