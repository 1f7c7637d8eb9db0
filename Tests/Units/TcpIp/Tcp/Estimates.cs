using System;
using System.Collections.Generic;
using NooksOS.Extensions.TcpIp;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

public class Estimates
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void TimeoutsFollowRfc6298()
    {
        RoundTripEstimator estimator = new();
        Assert.Equal(TcpParameters.InitialTimeout, estimator.Timeout);
        estimator.AddSample(400 * Millisecond);

        // (2.2): SRTT 400, RTTVAR 200.
        Assert.Equal(1200 * Millisecond, estimator.Timeout);
        estimator.AddSample(400 * Millisecond);

        // (2.3): RTTVAR 150.
        Assert.Equal(1000 * Millisecond, estimator.Timeout);
        estimator.BackOff();
        estimator.BackOff();
        Assert.Equal(4000 * Millisecond, estimator.Timeout);
        for (int count = 0; count < 100; count++)
        {
            estimator.BackOff();
        }

        Assert.Equal(TcpParameters.MaximumTimeout, estimator.Timeout);
        estimator.EndBackOff();
        Assert.Equal(1000 * Millisecond, estimator.Timeout);
    }

    [Fact]
    public void RangesAreThoseOfASet()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            RangeSet ranges = new();
            HashSet<long> expected = [];
            for (int step = 0; step < 50; step++)
            {
                long start = random.Next(200);
                long end = start + random.Next(1, 20);
                if (random.Next(10) == 0)
                {
                    ranges.RemoveBelow(start);
                    expected.RemoveWhere(value => value < start);
                }
                else if (ranges.TryAdd(start, end))
                {
                    for (long value = start; value < end; value++)
                    {
                        expected.Add(value);
                    }
                }

                Assert.Equal(expected.Count, ranges.Octets);
                for (long value = 0; value < 220; value++)
                {
                    Assert.Equal(expected.Contains(value), ranges.Find(value) >= 0);
                }
            }
        }
    }
}
