using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.Recovery;

namespace NooksOS.Image.Hosting;

/// <summary>The kernel's time, for the layers that take time as an argument.</summary>
internal sealed unsafe class KernelClock : IKernelClock
{
    /// <inheritdoc/>
    public long NowNanoseconds => Clock.Nanoseconds;

    /// <inheritdoc/>
    public void Sleep(long durationNanoseconds) => WaitTable.Wait((ulong)Scheduler.Current, durationNanoseconds);
}
