using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using NooksOS.Kernel.Memory;
using NooksOS.Storage;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>Pages for the cache out of the machine's memory.</summary>
public sealed unsafe class MemoryOfTheCache : IDisposable
{
    private const uint FrameLimit = 8192;

    private readonly void* _records = NativeMemory.AllocZeroed((nuint)BuddyAllocator.RecordBytes(FrameLimit));
    private readonly PageRuns _pages;
    private BuddyAllocator _frames;

    public MemoryOfTheCache()
    {
        _frames.Initialize((FrameRecord*)_records, FrameLimit);
        Assert.True(_frames.TryAdd(PageRuns.PagesPerRun, FrameLimit - PageRuns.PagesPerRun));
        _pages = new PageRuns(TakeRun, ReturnRun);
    }

    public void Dispose() => NativeMemory.Free(_records);

    [Fact]
    public void PagesThatStayDoNotBreakUpTheMemoryThatLargeObjectsNeed()
    {
        // A large object comes and goes for each file that is copied, and some pages of the file stay.
        const uint LargeObjectFrames = 17;
        for (int file = 0; file < 3000; file++)
        {
            uint large = _frames.Allocate(LargeObjectFrames);
            Assert.NotEqual(FrameRecord.None, large);
            Assert.True(_pages.TryTake(out _));
            Assert.True(_frames.TryFree(large, LargeObjectFrames));
        }
    }

    [Fact]
    public void EveryPageIsGivenOutOnceAndEveryRunGivenBack()
    {
        nuint before = _frames.FreeFrames;
        Random random = new(51);
        HashSet<ulong> taken = [];
        for (int step = 0; step < 20_000; step++)
        {
            if (random.Next(100) < (step % 4000 < 2000 ? 60 : 40) && _pages.TryTake(out ulong page))
            {
                Assert.True(taken.Add(page));
            }
            else if (taken.Count != 0)
            {
                ulong any = taken.First();
                taken.Remove(any);
                _pages.Return(any);
            }
        }

        foreach (ulong page in taken)
        {
            _pages.Return(page);
        }

        Assert.Equal(before, _frames.FreeFrames);
    }

    [Fact]
    public void WithoutMemoryThereIsNoPage()
    {
        while (_pages.TryTake(out _))
        {
        }

        Assert.True(_frames.FreeFrames < PageRuns.PagesPerRun);
    }

    private ulong TakeRun()
        => _frames.Allocate(PageRuns.PagesPerRun) is var frame && frame != FrameRecord.None ? (ulong)frame * IPageMemory.PageBytes : 0;

    private void ReturnRun(ulong run)
        => Assert.True(_frames.TryFree((uint)(run / IPageMemory.PageBytes), PageRuns.PagesPerRun));
}
