using System;
using System.Collections.Generic;
using NooksOS.Isolation;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

public sealed class LentTransferPages
{
    private readonly TransferPages _pages = new();

    [Fact]
    public void AllOfThemCanBeLentAtOnce()
    {
        Assert.True(_pages.TryTake(TransferPages.Count, out int first));
        Assert.Equal(0, first);
        Assert.False(_pages.TryTake(1, out _));
        _pages.Return(first, TransferPages.Count);
        Assert.True(_pages.TryTake(1, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(TransferPages.Count + 1)]
    [InlineData(64)]
    [InlineData(int.MaxValue)]
    public void ALengthThatCannotBeIsRefused(int pageCount) => Assert.False(_pages.TryTake(pageCount, out _));

    [Fact]
    public void TheFirstGapThatIsLongEnoughIsTaken()
    {
        int[] places = new int[4];
        for (int index = 0; index < places.Length; index++)
        {
            Assert.True(_pages.TryTake(index + 1, out places[index]));
        }

        Assert.Equal([0, 1, 3, 6], places);
        _pages.Return(1, 2);
        Assert.True(_pages.TryTake(3, out int behind));
        Assert.True(_pages.TryTake(2, out int gap));
        Assert.Equal((10, 1), (behind, gap));
    }

    [Fact]
    public void NoPageIsLentTwice()
    {
        Random random = new(1);
        List<(int First, int Count)> lent = [];
        bool[] taken = new bool[TransferPages.Count];
        for (int round = 0; round < 20_000; round++)
        {
            int count = random.Next(1, 12);
            if (random.Next(2) == 0 && _pages.TryTake(count, out int first))
            {
                Assert.DoesNotContain(true, taken[first..(first + count)]);
                Array.Fill(taken, true, first, count);
                lent.Add((first, count));
            }
            else if (lent.Count != 0)
            {
                int index = random.Next(lent.Count);
                _pages.Return(lent[index].First, lent[index].Count);
                Array.Fill(taken, false, lent[index].First, lent[index].Count);
                lent.RemoveAt(index);
            }
        }
    }
}
