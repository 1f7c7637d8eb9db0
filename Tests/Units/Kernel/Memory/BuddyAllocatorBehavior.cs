using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using NooksOS.Kernel.Memory;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Memory;

public sealed unsafe class BuddyAllocatorBehavior : IDisposable
{
    private const uint FrameLimit = 5000;

    private readonly void* _records = NativeMemory.AllocZeroed((nuint)BuddyAllocator.RecordBytes(FrameLimit));
    private BuddyAllocator _frames;

    public BuddyAllocatorBehavior() => _frames.Initialize((FrameRecord*)_records, FrameLimit);

    public void Dispose() => NativeMemory.Free(_records);

    [Fact]
    public void NothingIsFreeBeforeItIsAdded()
    {
        Assert.Equal(FrameRecord.None, _frames.Allocate(1));
        Assert.False(_frames.TryFree(7, 1));
    }

    [Fact]
    public void AddingTwiceOrOutOfRangeIsRefused()
    {
        Assert.True(_frames.TryAdd(100, 50));
        Assert.False(_frames.TryAdd(149, 1));
        Assert.False(_frames.TryAdd(FrameLimit - 1, 2));
        Assert.Equal(50u, _frames.TotalFrames);
        Assert.Equal(50u, _frames.FreeFrames);
    }

    [Fact]
    public void ARunUsesExactlyItsFrames()
    {
        Assert.True(_frames.TryAdd(1024, 1024));
        uint run = _frames.Allocate(9);
        Assert.Equal(1024u - 9, _frames.FreeFrames);
        Assert.Equal(0u, run % 16);
        Assert.True(_frames.TryFree(run, 9));
        Assert.Equal(1024u, _frames.FreeFrames);
        Assert.Equal(1024u, _frames.Allocate(1024));
    }

    [Fact]
    public void ARunMayBeFreedInParts()
    {
        Assert.True(_frames.TryAdd(1024, 1024));
        uint run = _frames.Allocate(100);
        Assert.True(_frames.TryFree(run + 40, 60));
        Assert.True(_frames.TryFree(run, 1));
        Assert.True(_frames.TryFree(run + 1, 39));
        Assert.Equal(1024u, _frames.Allocate(1024));
    }

    [Fact]
    public void FreeingTwiceIsRefusedAndChangesNothing()
    {
        Assert.True(_frames.TryAdd(16, 64));
        uint run = _frames.Allocate(4);
        Assert.True(_frames.TryFree(run + 1, 1));
        Assert.False(_frames.TryFree(run, 4));
        Assert.False(_frames.TryFree(run + 1, 1));
        Assert.False(_frames.TryFree(FrameLimit - 1, 1));
        Assert.False(_frames.TryFree(uint.MaxValue, 1));
        Assert.Equal(61u, _frames.FreeFrames);
    }

    [Fact]
    public void AllocationBelowALimit()
    {
        Assert.True(_frames.TryAdd(64, 64));
        Assert.True(_frames.TryAdd(4096, 512));
        uint low = _frames.Allocate(32, 128);
        Assert.InRange(low, 64u, 96u);
        Assert.NotEqual(FrameRecord.None, _frames.Allocate(32, 128));
        Assert.Equal(FrameRecord.None, _frames.Allocate(1, 128));
        Assert.NotEqual(FrameRecord.None, _frames.Allocate(1));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    public void ImpossibleSizesAreRefused(uint count)
    {
        Assert.True(_frames.TryAdd(0, FrameLimit));
        Assert.Equal(FrameRecord.None, _frames.Allocate(count));
    }

    [Fact]
    public void RandomUseNeverGivesAFrameTwiceAndLosesNone()
    {
        Assert.True(_frames.TryAdd(3, 1000));
        Assert.True(_frames.TryAdd(1500, 3333));
        Random random = new(7);
        bool[] used = new bool[FrameLimit];
        List<(uint First, uint Count)> runs = [];
        nuint total = _frames.TotalFrames;
        for (int round = 0; round < 20_000; round++)
        {
            uint count = (uint)random.Next(1, random.Next(2) == 0 ? 4 : 200);
            uint first = random.Next(3) > 0 ? _frames.Allocate(count) : FrameRecord.None;
            if (first != FrameRecord.None)
            {
                for (uint frame = first; frame < first + count; frame++)
                {
                    Assert.False(used[frame]);
                    Assert.True(frame is (>= 3 and < 1003) or (>= 1500 and < 4833));
                    used[frame] = true;
                }

                runs.Add((first, count));
            }
            else if (runs.Count > 0)
            {
                int index = random.Next(runs.Count);
                (first, count) = runs[index];
                runs.RemoveAt(index);
                uint part = (uint)random.Next(0, (int)count + 1);
                Array.Clear(used, (int)first, (int)count);
                Assert.True(part == 0 || _frames.TryFree(first, part));
                Assert.True(part == count || _frames.TryFree(first + part, count - part));
            }

            nuint held = 0;
            foreach ((uint _, uint runCount) in runs)
            {
                held += runCount;
            }

            Assert.Equal(total, _frames.FreeFrames + held);
        }

        foreach ((uint first, uint count) in runs)
        {
            Assert.True(_frames.TryFree(first, count));
        }

        Assert.Equal(total, _frames.FreeFrames);
        Assert.NotEqual(FrameRecord.None, _frames.Allocate(2048));
    }

    [Fact]
    public void WhatWasNeverInUseIsNotStale()
    {
        Assert.True(_frames.TryAdd(0, FrameLimit));
        uint run = _frames.Allocate(8);
        Assert.False(_frames.WasZero(run));
        Assert.Equal(0u, _frames.StaleFrames);
        Assert.Equal(FrameRecord.None, _frames.FindStale());
    }

    [Fact]
    public void AFreedFrameIsStaleUntilItIsZeroed()
    {
        Assert.True(_frames.TryAdd(1024, 1024));
        uint run = _frames.Allocate(3);
        Assert.True(_frames.TryFree(run, 3));
        Assert.Equal(3u, _frames.StaleFrames);
        Assert.Equal(1024u, _frames.FreeFrames);
        Assert.Equal([run, run + 1, run + 2], ZeroAll());
        Assert.Equal(0u, _frames.StaleFrames);
        Assert.Equal(1024u, _frames.FreeFrames);
        Assert.True(_frames.IsConsistent());
        Assert.Equal(1024u, _frames.Allocate(1024));
        Assert.True(_frames.WasZero(run + 2));
        Assert.False(_frames.WasZero(run + 3));
    }

    [Fact]
    public void WhoFreesMemoryAndTakesSomeAtOnceGetsOther()
    {
        Assert.True(_frames.TryAdd(1024, 1024));
        uint first = _frames.Allocate(8);
        Assert.True(_frames.TryFree(first, 8));
        uint second = _frames.Allocate(8);
        Assert.NotEqual(first, second);
        ZeroAll();
        Assert.Equal(first, _frames.Allocate(8));
        Assert.True(_frames.WasZero(first));
    }

    [Fact]
    public void StaleFramesAreGivenOutBeforeMemoryIsShort()
    {
        Assert.True(_frames.TryAdd(1024, 8));
        uint run = _frames.Allocate(8);
        Assert.True(_frames.TryFree(run, 8));
        Assert.Equal(run, _frames.Allocate(8));
        Assert.False(_frames.WasZero(run));
        Assert.Equal(0u, _frames.StaleFrames);
        Assert.Equal(0u, _frames.FreeFrames);
        Assert.True(_frames.TryFree(run + 3, 1));
        Assert.Equal([run + 3], ZeroAll());
        Assert.True(_frames.IsConsistent());
    }

    [Fact]
    public void NoUsedFrameIsEverTakenForAStaleOne()
    {
        Random random = new(20261121);
        Assert.True(_frames.TryAdd(0, FrameLimit));
        List<(uint First, uint Count)> used = [];
        for (int step = 0; step < 20_000; step++)
        {
            switch (random.Next(3))
            {
                case 0:
                    uint count = (uint)random.Next(1, 400);
                    uint run = _frames.Allocate(count);
                    if (run != FrameRecord.None)
                    {
                        used.Add((run, count));
                    }

                    break;
                case 1 when used.Count > 0:
                    int index = random.Next(used.Count);
                    Assert.True(_frames.TryFree(used[index].First, used[index].Count));
                    used.RemoveAt(index);
                    break;
                case 2 when random.Next(4) == 0:
                    foreach (uint frame in TouchAhead((uint)random.Next(1, 50)))
                    {
                        Assert.DoesNotContain(used, run => frame >= run.First && frame < run.First + run.Count);
                    }

                    break;
                default:
                    uint stale = _frames.FindStale();
                    Assert.DoesNotContain(used, run => stale >= run.First && stale < run.First + run.Count);
                    if (stale != FrameRecord.None)
                    {
                        _frames.AddZeroed();
                    }

                    break;
            }

            Assert.Equal((nuint)(FrameLimit - used.Sum(run => run.Count)), _frames.FreeFrames);
        }

        Assert.True(_frames.IsConsistent());
        ZeroAll();
        Assert.True(_frames.IsConsistent());
    }

    [Fact]
    public void FramesThatNobodyHadComeLast()
    {
        Assert.True(_frames.TryAdd(1024, 1024));
        uint highest = 0;
        for (int turn = 0; turn < 100; turn++)
        {
            // Nobody ever has the time to zero what is freed.
            uint run = _frames.Allocate(8);
            highest = Math.Max(highest, run);
            Assert.True(_frames.TryFree(run, 8));
        }

        Assert.InRange(highest, 1024u, 1024u + (1024 / 32));
    }

    [Fact]
    public void FramesThatWereTouchedAheadAreGivenOutFirst()
    {
        Assert.True(_frames.TryAdd(1024, 1024));
        Assert.True(_frames.TryAdd(3000, 512));
        uint used = _frames.Allocate(40);
        List<uint> touched = TouchAhead(200);
        Assert.Equal(200u, _frames.ZeroFrames);
        Assert.DoesNotContain(touched, frame => frame >= used && frame < used + 40);
        Assert.True(_frames.IsConsistent());

        uint run = _frames.Allocate(65);
        Assert.All(Enumerable.Range((int)run, 65), frame => Assert.True(_frames.WasZero((uint)frame)));
        Assert.Equal(200u - 65, _frames.ZeroFrames);
    }

    [Fact]
    public void WhatIsTouchedAheadEndsWithTheMemory()
    {
        Assert.True(_frames.TryAdd(3000, 512));
        Assert.Equal(512, TouchAhead(FrameLimit).Count);
        Assert.True(_frames.TryAdd(100, 8));
        Assert.Equal(Enumerable.Range(100, 8).Select(frame => (uint)frame), TouchAhead(FrameLimit));
        Assert.True(_frames.IsConsistent());
    }

    private List<uint> TouchAhead(uint frameCount)
    {
        List<uint> frames = [];
        while (frames.Count < frameCount && _frames.TryFindUntouched(out uint frame))
        {
            if (frame != FrameRecord.None)
            {
                frames.Add(frame);
                _frames.SetZero(frame);
            }
        }

        return frames;
    }

    private List<uint> ZeroAll()
    {
        List<uint> frames = [];
        while (_frames.StaleFrames != 0)
        {
            uint frame = _frames.FindStale();
            frames.Add(frame);
            _frames.AddZeroed();
        }

        return frames;
    }
}
