using System;
using NooksOS.Contracts;
using NooksOS.Files;
using NooksOS.Kernel.Threads;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Hosting;

/// <summary>What stands between a file system and the users of files, joined and running.</summary>
internal sealed class FileStack
{
    // No domain has this number.
    private const uint DomainId = 0;
    private const ulong MemoryBytes = 1 << 20;

    /// <param name="clock">Time.</param>
    /// <param name="makeRest">Makes what a thread waits for that waits for a file system.</param>
    /// <param name="ledger">Counts what the kernel itself has open.</param>
    /// <param name="faults">Where a broken contract is reported.</param>
    public FileStack(IKernelClock clock, Func<IKernelSignal> makeRest, TrackerLedger ledger, IFaultSink faults)
    {
        Shadow = new FileShadow(clock, static () => DateTime.UtcNow.Ticks, new KernelSignal(), makeRest, faults, new FileShadowOptions());
        Files = new FileSystem(new FileServices(
            Shadow, new HandleTable(DomainId, new ObjectQuotas(FileLimits.OpenChains, MemoryBytes), ledger)));
    }

    /// <summary>Files that are open, and calls of the file system.</summary>
    public FileShadow Shadow { get; }

    /// <summary>Files as the kernel's own threads use them.</summary>
    public FileSystem Files { get; }

    /// <summary>Starts its thread.</summary>
    public void Start() => KernelThreads.Start("files"u8, ThreadPriority.Normal, Shadow.Run);
}
