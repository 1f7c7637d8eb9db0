using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// How long a disk takes, as it has shown, and how long its driver is given after that. A driver that says that the disk has a request
/// which it has never given it cannot be told from a slow disk but by this. To be wrong costs a fresh instance, which gives the disk the
/// same once more; each time that this did not help the disk is given four times as long. The owner guards it.
/// </summary>
internal sealed class DiskPace(BlockShadowOptions options)
{
    private const int Margin = 4;
    private const int Growth = 4;
    private const int Decay = 64;

    private long _longestNanoseconds;
    private long _factor = 1;

    /// <summary>How long nothing may end while something is under way.</summary>
    public long PatienceNanoseconds
        => Math.Min(options.PatienceNanoseconds, Math.Max(options.LeastPatienceNanoseconds, _longestNanoseconds * Margin) * _factor);

    /// <summary>
    /// A request has ended so long after the last one did, or after the driver got the first of those that it has: a request that waits
    /// for others behind which it was given does not make the disk slow. What was long ago counts ever less.
    /// </summary>
    public void NoteEnd(long quietNanoseconds)
    {
        _longestNanoseconds = Math.Max(quietNanoseconds, _longestNanoseconds - (_longestNanoseconds / Decay));
        _factor = 1;
    }

    /// <summary>An instance is replaced because nothing ended.</summary>
    public void NoteReplacement() => _factor = Math.Min(_factor * Growth, options.PatienceNanoseconds);
}
