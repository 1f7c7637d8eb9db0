using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// How long it was seen that nothing happens. A machine that its host does not run gets older without looking: between two looks no more
/// time passes than there is between them usually. The owner guards it.
/// </summary>
/// <param name="lookNanoseconds">How far apart looks are.</param>
internal sealed class QuietTime(long lookNanoseconds)
{
    private long _sinceNanoseconds;
    private long _lookedNanoseconds;

    /// <summary>The time that was seen.</summary>
    public long SeenNanoseconds { get; private set; }

    /// <summary>Looks.</summary>
    /// <param name="sinceNanoseconds">When something happened last.</param>
    /// <param name="nowNanoseconds">The time.</param>
    public void Look(long sinceNanoseconds, long nowNanoseconds)
    {
        SeenNanoseconds = sinceNanoseconds == _sinceNanoseconds
            ? SeenNanoseconds + Math.Min(nowNanoseconds - _lookedNanoseconds, lookNanoseconds)
            : 0;
        _sinceNanoseconds = sinceNanoseconds;
        _lookedNanoseconds = nowNanoseconds;
    }
}
