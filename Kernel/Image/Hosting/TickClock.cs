using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.Recovery;

namespace NooksOS.Image.Hosting;

/// <summary>
/// Time in ticks of the timer, for judging whether an extension is silent: a machine that does not run for a while must not
/// make every extension look dead.
/// </summary>
internal sealed unsafe class TickClock : IKernelClock
{
    private const long NanosecondsPerTick = 1_000_000_000 / Clock.TicksPerSecond;

    /// <inheritdoc/>
    public long NowNanoseconds => (long)Scheduler.Ticks * NanosecondsPerTick;

    /// <inheritdoc/>
    public void Sleep(long durationNanoseconds) => WaitTable.Wait((ulong)Scheduler.Current, durationNanoseconds);
}
