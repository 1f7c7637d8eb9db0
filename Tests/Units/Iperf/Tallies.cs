using System;
using System.Buffers.Binary;
using NooksOS.Extensions.Iperf;
using Xunit;

namespace NooksOS.Tests.Units.Iperf;

public sealed class Tallies
{
    private const int LengthBytes = 1470;
    private const long Millisecond = 1_000_000;

    private readonly DatagramTally _tally = new();
    private long _now;

    [Fact]
    public void WhatArrivesInOrderIsCounted()
    {
        Add(1, 2, 3, -4);
        Assert.Equal((3, 3 * LengthBytes, 0, 0), (_tally.Datagrams, _tally.Bytes, _tally.Lost, _tally.OutOfOrder));
        Assert.True(_tally.IsOver);
    }

    [Fact]
    public void AGapIsALossUntilItIsFilled()
    {
        Add(1, 4);
        Assert.Equal(2, _tally.Lost);
        Add(2);
        Assert.Equal((1, 1), (_tally.Lost, _tally.OutOfOrder));
    }

    [Fact]
    public void WhatIsMissingAtTheEndIsLost()
    {
        Add(1, 2, -10);
        Assert.Equal(7, _tally.Lost);
    }

    [Fact]
    public void NothingCountsAfterTheEnd()
    {
        Add(1, -2, 5, 6);
        Assert.Equal((1, 0), (_tally.Datagrams, _tally.Lost));
    }

    [Fact]
    public void EvenSpacingHasNoJitter()
    {
        for (int number = 1; number < 50; number++)
        {
            _tally.Add(new TestDatagram(number, number * 1000), LengthBytes, number * Millisecond);
        }

        Assert.Equal(0, _tally.JitterMicroseconds);
        _tally.Add(new TestDatagram(50, 50_000), LengthBytes, (50 * Millisecond) + 160_000);
        Assert.Equal(10, _tally.JitterMicroseconds, 3);
    }

    [Fact]
    public void TheReportHasTheFieldsWhereTheClientLooks()
    {
        Add(1, 2, 4, -5);
        byte[] report = new byte[DatagramReport.SizeBytes];
        DatagramReport.Write(report, new TestDatagram(-5, 0), _tally);
        int[] words = new int[10];
        for (int word = 0; word < words.Length; word++)
        {
            words[word] = BinaryPrimitives.ReadInt32BigEndian(report.AsSpan(TestDatagram.SizeBytes + (4 * word)));
        }

        Assert.Equal([int.MinValue, 0, 3 * LengthBytes, 0, 3000, 1, 0, 4], words[..8]);
    }

    // One each millisecond.
    private void Add(params long[] numbers)
    {
        foreach (long number in numbers)
        {
            _tally.Add(new TestDatagram(number, 0), LengthBytes, _now += Millisecond);
        }
    }
}
