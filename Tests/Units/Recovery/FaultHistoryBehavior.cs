using System;
using NooksOS.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class FaultHistoryBehavior
{
    [Fact]
    public void AFailureThatIsToldTwiceCountsOnce()
    {
        FaultHistory history = new();

        Assert.True(history.Add(1, 100));
        Assert.False(history.Add(1, 100));
        Assert.Equal(1u, history.CountAfter(0));
    }

    [Fact]
    public void TheOldestIsForgottenWhenThereAreTooMany()
    {
        FaultHistory history = new();
        for (int index = 1; index <= FaultHistory.Capacity + 10; index++)
        {
            history.Add((uint)index, index);
        }

        Assert.Equal(FaultHistory.Capacity, history.Count);
        Assert.Equal((uint)FaultHistory.Capacity, history.CountAfter(10));
        Assert.Equal((uint)FaultHistory.Capacity - 1, history.CountAfter(11));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(FaultHistory.Capacity)]
    [InlineData(FaultHistory.Capacity + 5)]
    public void WhatIsWrittenIsReadBack(int failures)
    {
        FaultHistory history = new();
        for (int index = 1; index <= failures; index++)
        {
            history.Add((uint)index, index);
        }

        byte[] stored = new byte[FaultHistory.MaximumBytes];
        FaultHistory restored = FaultHistory.Read(stored.AsSpan(0, history.Write(stored)));

        Assert.Equal(history.Count, restored.Count);
        for (int time = 0; time <= failures; time++)
        {
            Assert.Equal(history.CountAfter(time), restored.CountAfter(time));
        }
    }

    [Fact]
    public void APartialEntryIsLeftOut()
    {
        FaultHistory history = new();
        history.Add(1, 1);
        byte[] stored = new byte[FaultHistory.MaximumBytes];
        int length = history.Write(stored);

        Assert.Equal(0, FaultHistory.Read(stored.AsSpan(0, length - 1)).Count);
    }
}
