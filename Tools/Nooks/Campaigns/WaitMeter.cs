using System;
using System.Diagnostics;
using System.Threading;

namespace NooksOS.Tool.Campaigns;

/// <summary>Measures the longest time in which no user got an answer.</summary>
internal sealed class WaitMeter
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _sync = new();
    private TimeSpan _last;
    private TimeSpan _longest;

    /// <summary>Somebody got an answer.</summary>
    public void Answered()
    {
        lock (_sync)
        {
            TimeSpan now = _clock.Elapsed;
            _longest = now - _last > _longest ? now - _last : _longest;
            _last = now;
        }
    }

    /// <summary>The longest time, up to now.</summary>
    public double LongestMilliseconds()
    {
        Answered();
        return Math.Round(_longest.TotalMilliseconds, 1);
    }
}
