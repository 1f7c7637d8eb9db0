using NooksOS.Kernel.Console;
using NooksOS.Kernel.Threads;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Storage;

namespace NooksOS.Image.Hosting;

/// <summary>What stands between the drivers of disks and their users, joined and running.</summary>
internal sealed class StorageStack
{
    private readonly KernelSignal _work = new();

    /// <param name="clock">Time.</param>
    /// <param name="faults">Where a broken contract is reported.</param>
    public StorageStack(IKernelClock clock, IFaultSink faults)
    {
        Shadow = new BlockShadow(clock, _work, new KernelSignal(), faults, new BlockShadowOptions());
        Disks = new DiskRegistry(
            Memory, clock, static () => new KernelSignal(ThreadState.WaitingForDevice), _work.Set, new CacheOptions())
        {
            Report = static line => Log.Write(line),
        };
        Shadow.Watcher = Disks;
    }

    /// <summary>Where the caches of the disks have their frames from.</summary>
    public CacheMemory Memory { get; } = new();

    /// <summary>Gives requests to drivers.</summary>
    public BlockShadow Shadow { get; }

    /// <summary>The disks and volumes.</summary>
    public DiskRegistry Disks { get; }

    /// <summary>Starts its threads.</summary>
    public void Start()
    {
        KernelThreads.Start("disks"u8, ThreadPriority.Interrupt, Shadow.Run);
        KernelThreads.Start("disks idle"u8, ThreadPriority.Low, Shadow.RunWhenIdle);
        KernelThreads.Start("partitions"u8, ThreadPriority.Normal, Disks.Run);
    }
}
