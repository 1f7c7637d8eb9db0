using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace NooksOS.Tool.Transfers;

/// <summary>
/// Notes how long a transfer stood still: of each window of time the longest pause between two movements of bytes. With a window
/// as long as the time between two crashes these are the pauses that the crashes cause.
/// </summary>
public sealed class GapMeter(TimeSpan window)
{
    private readonly List<double> _gaps = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _windowStart;
    private TimeSpan _last;
    private TimeSpan _longest;

    /// <summary>The longest pause of each window that has ended, in milliseconds.</summary>
    public IReadOnlyList<double> Milliseconds => _gaps;

    /// <summary>Bytes have moved.</summary>
    public void Move() => Move(_clock.Elapsed);

    /// <summary>Bytes have moved at the given time since the start.</summary>
    public void Move(TimeSpan now)
    {
        _longest = now - _last > _longest ? now - _last : _longest;
        _last = now;
        if (now - _windowStart >= window)
        {
            _gaps.Add(_longest.TotalMilliseconds);
            _longest = TimeSpan.Zero;
            _windowStart = now;
        }
    }
}
