using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Benchmarks;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class NetworkMeasures
{
    [Theory]
    [InlineData("19700101000000,127.0.0.1,37902,127.0.0.1,5001,1,0.0-2.2,60293180,222459124\n", 60293180, 222.459124)]
    [InlineData("read failed: x\n19700101000000,127.0.0.1,5001,127.0.0.1,50554,1,0.0-2.0,39321600,155578074\n", 39321600, 155.578074)]
    public void WhatTheClientPrintsIsRead(string output, long bytes, double megabitsPerSecond)
    {
        Assert.True(IperfClient.TryParse(output, out long read, out double speed));
        Assert.Equal((bytes, megabitsPerSecond), (read, speed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("connect failed: Connection refused\n")]
    [InlineData("19700101000000,127.0.0.1,37902,127.0.0.1,5001,1,0.0-2.2,0,0\n")]
    [InlineData("a,b,c,d,e,f,g,h,i\n")]
    public void AClientThatMeasuredNothingIsNotBelieved(string output) => Assert.False(IperfClient.TryParse(output, out _, out _));

    [Fact]
    public void WhatTheGuestCountsIsRead()
    {
        NetworkCounters before = NetworkCounters.Parse(
            """{"device":{"framesReceived":10,"framesTransmitted":5,"interrupts":3}}""",
            """[{"contract":"INetworkDevice","method":"Transmit","calls":4}]""",
            """{"milliseconds":3,"nanoseconds":3000000,"idleNanoseconds":1000000}""");
        NetworkCounters after = NetworkCounters.Parse(
            """{"device":{"framesReceived":110,"framesTransmitted":25,"interrupts":7}}""",
            """[{"contract":"INetworkDevice","method":"Transmit","calls":9},{"contract":"ITransport","method":"Kick","calls":2}]""",
            """{"milliseconds":9,"nanoseconds":9000000,"idleNanoseconds":1500000}""");
        NetworkCounters counted = after.Since(before);
        Assert.Equal((120, 4, 5_500_000), (counted.Packets, counted.Interrupts, counted.BusyNanoseconds));
        Assert.Equal([("INetworkDevice.Transmit", 5), ("ITransport.Kick", 2)], counted.Calls.Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public void RunsAreComparedWithThoseBesideThem()
    {
        NetworkRow row = new(
            StreamDirection.Out,
            new StreamRounds(
                [Run(100, 18, calls: 1), Run(200, 17, calls: 1), Run(50, 19, calls: 1)],
                [Run(90, 20, calls: 8), Run(190, 20, calls: 4), Run(49, 31, calls: 0)]),
            new StreamRounds(
                [Counted(thousandInstructions: 4700), Counted(thousandInstructions: 4950)],
                [Counted(thousandInstructions: 4800), Counted(thousandInstructions: 5000)]));

        // The host was slow in the last round, for both.
        Assert.Equal([0.9, 0.95, 0.98], row.Ratios);
        Assert.Equal((0.95, 100, 90), (row.Ratio, row.DirectMegabitsPerSecond, row.DomainMegabitsPerSecond));
        Assert.Equal((18, 20, 0.9), (row.DirectProcessorMilliseconds, row.DomainProcessorMilliseconds, row.ProcessorRatio));
        Assert.Equal((4700, 4800, 0.9792), (row.DirectThousandInstructions, row.DomainThousandInstructions, row.InstructionRatio));
        Assert.Equal((96, 12, 8, 0.125, 32), (row.Packets, row.Calls, row.PacketsPerCall, row.CallsPerPacket, row.PacketsPerInterrupt));
        Assert.Equal(new WrapperCalls("W", 12, 0.125, 4), Assert.Single(row.Wrappers));
    }

    private static StreamRun Run(double megabitsPerSecond, int milliseconds, long calls) => new(
        1_000_000,
        megabitsPerSecond,
        new NetworkCounters(32, 1, new Dictionary<string, long> { ["W"] = calls }, BusyNanoseconds: 0),
        TimeSpan.FromMilliseconds(milliseconds));

    private static StreamRun Counted(long thousandInstructions) => new(
        1_000_000, 0, new NetworkCounters(32, 1, new Dictionary<string, long>(), thousandInstructions * 1000), TimeSpan.Zero);
}
