using System;
using System.Runtime.InteropServices;
using NooksOS.Kernel.Memory;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Memory;

public sealed unsafe class BitmapRanges : IDisposable
{
    private const uint UnitCount = 256;

    private readonly void* _words = NativeMemory.AllocZeroed(UnitCount / 8);
    private BitmapRangeAllocator _ranges;

    public BitmapRanges() => _ranges.Initialize((ulong*)_words, UnitCount);

    public void Dispose() => NativeMemory.Free(_words);

    [Fact]
    public void RangesFollowEachOtherAndWrapAround()
    {
        Assert.Equal(0u, _ranges.Allocate(100));
        Assert.Equal(100u, _ranges.Allocate(100));
        Assert.Equal(BitmapRangeAllocator.None, _ranges.Allocate(57));
        Assert.True(_ranges.TryFree(0, 100));
        Assert.Equal(200u, _ranges.Allocate(56));
        Assert.Equal(0u, _ranges.Allocate(64));
        Assert.Equal(64u, _ranges.Allocate(36));
        Assert.Equal(UnitCount, _ranges.UsedCount);
        Assert.Equal(BitmapRangeAllocator.None, _ranges.Allocate(1));
    }

    [Fact]
    public void AFreedRangeIsNotUsedAgainAtOnce()
    {
        uint first = _ranges.Allocate(4);
        Assert.True(_ranges.TryFree(first, 4));
        Assert.NotEqual(first, _ranges.Allocate(4));
    }

    [Fact]
    public void FreeingWhatIsNotInUseIsRefused()
    {
        Assert.Equal(0u, _ranges.Allocate(4));
        Assert.False(_ranges.TryFree(0, 5));
        Assert.False(_ranges.TryFree(UnitCount, 1));
        Assert.False(_ranges.TryFree(0, 0));
        Assert.True(_ranges.TryFree(0, 4));
        Assert.False(_ranges.TryFree(0, 4));
    }
}
