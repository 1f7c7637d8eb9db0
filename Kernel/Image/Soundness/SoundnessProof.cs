using System;
using System.Collections.Generic;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;
using NooksOS.Image.Hosting;
using NooksOS.Image.Services;
using NooksOS.Kernel.Memory;

namespace NooksOS.Image.Soundness;

/// <summary>
/// Shows that nothing has damaged the kernel since it was started: its code, constants and interrupt table are as they were, its
/// heap, page frames and page tables contradict themselves nowhere, and nothing that domains held was lost.
/// </summary>
internal sealed class SoundnessProof(DomainHost host)
{
    // What is taken once, such as the list of injected faults; a leak of one page in each of a few recoveries is more.
    private const long TolerancePages = 16;

    // What somebody is releasing just now is in no table any more and still lives: only what stays is the kernel's.
    private const int LooksForRest = 10;
    private const int PauseMilliseconds = 2;

    private readonly KernelFingerprint _original = KernelFingerprint.Take();
    private long? _otherPages;
    private long? _kernelObjects;

    /// <summary>Makes all checks. The first call takes the measure of the pages and objects that no domain has.</summary>
    public IReadOnlyList<SoundnessCheck> Check()
    {
        GC.Collect();
        KernelFingerprint now = KernelFingerprint.Take();
        PageTableAudit tables = PageTables.Audit(KernelAddressSpace.Root);
        uint heapErrors = CheckHeap();
        return
        [
            new("code", now.Code == _original.Code, string.Empty),
            new("constants", now.Constants == _original.Constants, string.Empty),
            new("interrupt table", now.InterruptTable == _original.InterruptTable, string.Empty),
            new("page that wild DMA aims at", DmaTarget.IsIntact, string.Empty),
            new("heap", heapErrors == 0, $"{heapErrors} errors"),
            new("page frames", FrameAllocator.IsConsistent(), string.Empty),
            new(
                "page tables",
                tables.WritableExecutableCount == 0 && tables.NullSlotCount == 0,
                $"{tables.WritableExecutableCount} writable and executable, {tables.NullSlotCount} in the null slot"),
            CheckTracker(),
            CheckPages(),
        ];
    }

    private SoundnessCheck CheckTracker()
    {
        long before = _kernelObjects ??= CountOwnAtRest();
        long own = CountOwn(out long live, out long held);
        for (int look = 1; own != before && look < LooksForRest; look++)
        {
            Thread.Sleep(PauseMilliseconds);
            own = CountOwn(out live, out held);
        }

        return new(
            "tracker",
            own == before && host.Ledger.Leaked == 0,
            $"{live} objects live, {held} held by domains and services, {before} by the kernel, {host.Ledger.Leaked} leaked");
    }

    private long CountOwnAtRest()
    {
        long least = CountOwn(out _, out _);
        for (int look = 1; look < LooksForRest; look++)
        {
            Thread.Sleep(PauseMilliseconds);
            least = Math.Min(least, CountOwn(out _, out _));
        }

        return Math.Max(least, 0);
    }

    private long CountOwn(out long live, out long held)
    {
        do
        {
            live = host.Ledger.Live;
            held = host.CountObjects() + KernelSockets.CountObjects();
        }
        while (live != host.Ledger.Live);

        return live - held;
    }

    private SoundnessCheck CheckPages()
    {
        long other = MemoryUse.Take(CountPages).OtherPages;
        long before = _otherPages ??= other;
        return new("pages", Math.Abs(other - before) <= TolerancePages, $"{other} pages are nobody's, {before} at first");
    }

    private long CountPages() => host.CountPages() + (long)(host.Connections?.HeldPages ?? 0) + (host.Caches?.HeldPages ?? 0);

    // Counts what is wrong in the runtime's own structures.
    [RuntimeImport("*", "RuntimeCheckHeap")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern uint CheckHeap();
}
