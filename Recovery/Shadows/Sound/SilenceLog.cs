using System.Collections.Generic;

namespace NooksOS.Recovery.Shadows;

/// <summary>How long the device stood still because its driver was replaced while it played. The owner guards it.</summary>
internal sealed class SilenceLog(int capacity)
{
    private const long None = -1;

    private readonly Queue<long> _durations = new();
    private long _since = None;

    /// <summary>The durations, oldest first, in nanoseconds.</summary>
    public long[] Durations => [.. _durations];

    /// <summary>The device was stopped while it played.</summary>
    public void Begin(long nowNanoseconds) => _since = _since == None ? nowNanoseconds : _since;

    /// <summary>The device plays.</summary>
    public void End(long nowNanoseconds)
    {
        if (_since == None)
        {
            return;
        }

        if (_durations.Count == capacity)
        {
            _durations.Dequeue();
        }

        _durations.Enqueue(nowNanoseconds - _since);
        _since = None;
    }

    /// <summary>There is nothing left to be played: what comes next is no silence.</summary>
    public void Forget() => _since = None;
}
