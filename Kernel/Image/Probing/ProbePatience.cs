using NooksOS.Kernel.Threads;

namespace NooksOS.Image.Probing;

/// <summary>
/// How long one answer is waited for: as long as the processor has something to do, which may be the answer, up to a bound; but not while
/// it has nothing to do. Measured in ticks of the timer, which stand still while the host does not run the machine.
/// </summary>
internal sealed class ProbePatience
{
    private const ulong IdleTicks = 20;
    private const ulong MostTicks = 400;

    private readonly ulong _start = Scheduler.Ticks;
    private readonly ulong _idleAtStart = Scheduler.IdleTicks;

    /// <summary>Whether it has been long enough.</summary>
    public bool IsOver() => Scheduler.IdleTicks - _idleAtStart >= IdleTicks || Scheduler.Ticks - _start >= MostTicks;
}
