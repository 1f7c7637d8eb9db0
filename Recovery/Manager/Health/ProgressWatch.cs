namespace NooksOS.Recovery;

/// <summary>Watches one kind of work: work that waits while none is done for too long is silence.</summary>
public sealed class ProgressWatch(long boundNanoseconds)
{
    private const long NotStalled = -1;

    private uint _instance;
    private ulong _completed;
    private long _stalledSinceNanoseconds = NotStalled;

    /// <summary>Takes a sample. True if the extension has been silent for too long.</summary>
    public bool IsSilent(in ProgressSample sample, long nowNanoseconds)
    {
        bool moved = sample.Instance != _instance || sample.Completed != _completed;
        _instance = sample.Instance;
        _completed = sample.Completed;
        if (!sample.IsActive || sample.Pending == 0)
        {
            _stalledSinceNanoseconds = NotStalled;
            return false;
        }

        if (moved || _stalledSinceNanoseconds == NotStalled)
        {
            _stalledSinceNanoseconds = nowNanoseconds;
        }

        return nowNanoseconds - _stalledSinceNanoseconds >= boundNanoseconds;
    }

    /// <summary>Forgets what was seen, after silence was reported.</summary>
    public void Reset() => _stalledSinceNanoseconds = NotStalled;
}
