using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace NooksOS.Tool.Campaigns;

/// <summary>Counts finished trials and estimates the time left.</summary>
internal sealed class CampaignProgress(int total, int finishedBefore)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _sync = new();
    private readonly SortedDictionary<TrialOutcome, int> _outcomes = [];
    private int _finished;

    /// <summary>Counts a trial and tells how far the campaign is, in one line.</summary>
    public string Count(TrialOutcome outcome)
    {
        lock (_sync)
        {
            _finished++;
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
            int left = total - finishedBefore - _finished;
            double perSecond = _finished / _clock.Elapsed.TotalSeconds;
            TimeSpan remaining = TimeSpan.FromSeconds(Math.Round(left / perSecond));
            string outcomes = string.Join(", ", _outcomes.Select(pair => $"{TrialOutcomes.NameOf(pair.Key)} {pair.Value}"));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{finishedBefore + _finished}/{total}, {perSecond:0.0} a second, {remaining:c} left; {outcomes}");
        }
    }
}
