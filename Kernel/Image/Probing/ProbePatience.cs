using System;
using NooksOS.Recovery;

namespace NooksOS.Image.Probing;

/// <summary>
/// How long one answer is waited for. Measured in ticks of the timer, so that a machine which its host does not run finds nobody silent;
/// and longer while many frames move, since whoever serves many others may be late and is not silent.
/// </summary>
/// <param name="clock">Time in ticks.</param>
/// <param name="framesMoved">Counts frames that were moved.</param>
internal sealed class ProbePatience(IKernelClock clock, Func<ulong> framesMoved)
{
    private const long BoundNanoseconds = 60_000_000;
    private const long BusyBoundNanoseconds = 500_000_000;
    private const ulong BusyFrames = 60;

    private readonly long _startNanoseconds = clock.NowNanoseconds;
    private readonly ulong _startFrames = framesMoved();

    /// <summary>Whether it has been long enough.</summary>
    public bool IsOver()
    {
        bool isBusy = framesMoved() - _startFrames > BusyFrames;
        return clock.NowNanoseconds - _startNanoseconds > (isBusy ? BusyBoundNanoseconds : BoundNanoseconds);
    }
}
