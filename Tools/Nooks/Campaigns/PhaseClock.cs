using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace NooksOS.Tool.Campaigns;

/// <summary>Says where the time of a trial goes.</summary>
internal sealed class PhaseClock
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly SortedDictionary<string, double> _seconds = new(StringComparer.Ordinal);
    private TimeSpan _last;

    /// <summary>Seconds of each phase so far.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    /// <summary>Seconds of all of them.</summary>
    public double Total => Math.Round(_last.TotalSeconds, 3);

    /// <summary>What went on since the last call was this phase.</summary>
    public void End(string phase)
    {
        TimeSpan now = _clock.Elapsed;
        _seconds[phase] = Math.Round(_seconds.GetValueOrDefault(phase) + (now - _last).TotalSeconds, 3);
        _last = now;
    }
}
