using System;

namespace NooksOS.Recovery;

/// <summary>
/// Watches one kind of work: work that waits while none is done for too long is silence. Time alone proves nothing, since a
/// virtual machine that its host does not run gets older without working: it must also have been looked at often enough.
/// </summary>
/// <param name="boundNanoseconds">How long work may wait while none is done.</param>
/// <param name="leastLooks">How many samples, after the first that shows the work waiting, must show that none was done.</param>
public sealed class ProgressWatch(long boundNanoseconds, int leastLooks)
{
    private const long NotStalled = -1;

    private uint _instance;
    private ulong _completed;
    private long _stalledSinceNanoseconds = NotStalled;
    private long _lookedNanoseconds;
    private int _looks;

    /// <summary>Whether an instance had done work at the last sample that it had not done at the one before.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>What the bound is for a sample where it is so much usually.</summary>
    public static long BoundOf(in ProgressSample sample, long usual) => sample.IsUrgent ? usual * 2 / 3 : usual;

    /// <summary>Takes a sample. True if the extension has been silent for too long.</summary>
    public bool IsSilent(in ProgressSample sample, long nowNanoseconds)
    {
        long sinceLookNanoseconds = nowNanoseconds - _lookedNanoseconds;
        _lookedNanoseconds = nowNanoseconds;
        bool moved = sample.Instance != _instance || sample.Completed != _completed;
        HasMoved = moved && sample.Instance == _instance;
        _instance = sample.Instance;
        _completed = sample.Completed;
        if (!sample.IsActive || sample.Pending == 0)
        {
            _stalledSinceNanoseconds = NotStalled;
            return false;
        }

        if (moved || _stalledSinceNanoseconds == NotStalled)
        {
            // Both are spared in the same measure.
            long spared = Math.Min(sample.BorneNanoseconds, boundNanoseconds / 2);
            _stalledSinceNanoseconds = nowNanoseconds - spared;
            _looks = (int)(leastLooks * spared / boundNanoseconds);
            return false;
        }

        if (sample.IsHeldUp)
        {
            _stalledSinceNanoseconds += sinceLookNanoseconds;
            return false;
        }

        _looks++;
        return _looks >= BoundOf(sample, leastLooks) && nowNanoseconds - _stalledSinceNanoseconds >= BoundOf(sample, boundNanoseconds);
    }

    /// <summary>Forgets what was seen, after silence was reported.</summary>
    public void Reset() => _stalledSinceNanoseconds = NotStalled;
}
