using System;
using NooksOS.Kernel.Memory;
using NooksOS.Storage;

namespace NooksOS.Image.Hosting;

/// <summary>Frames for the caches of disks: a share of the machine's memory.</summary>
internal sealed unsafe class CacheMemory : IPageMemory
{
    // Of the machine's memory this part, and so much of it always stays free for others, above all for the next instance of
    // whatever dies.
    private const nuint ShareFraction = 6;
    private const nuint ReservedFraction = 8;

    private readonly PageRuns _runs = new(TakeRun, static run => FrameAllocator.FreeRun(run, PageRuns.PagesPerRun));

    /// <summary>Frames that the caches have now, used or not.</summary>
    public long HeldPages => _runs.HeldPages;

    /// <inheritdoc/>
    public uint LimitPages { get; } = (uint)(FrameAllocator.TotalFrames / ShareFraction);

    /// <inheritdoc/>
    public bool TryTake(out ulong page) => _runs.TryTake(out page);

    /// <inheritdoc/>
    public void Return(ulong page) => _runs.Return(page);

    /// <inheritdoc/>
    public Span<byte> Get(ulong page)
    {
        // SAFETY:
        // 1. The caches name only frames that they took from here and have not given back.
        // 2. The direct map covers every frame.
        return new Span<byte>(PhysicalMemory.ToPointer(page), IPageMemory.PageBytes);
    }

    // The allocator aligns a run of a power of two frames to its length.
    private static ulong TakeRun()
        => FrameAllocator.FreeFrames > (FrameAllocator.TotalFrames / ReservedFraction) + PageRuns.PagesPerRun
            ? FrameAllocator.AllocateRun(PageRuns.PagesPerRun)
            : 0;
}
