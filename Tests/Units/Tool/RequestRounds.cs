using NooksOS.Tool.Host;
using NooksOS.Tool.Requests;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class RequestRounds
{
    private const string Line =
        """{"requests":1000,"wrongReplies":0,"connectErrors":0,"readErrors":2,"writeErrors":0,"timeouts":0,"""
        + """ "seconds":2.5,"p50Milliseconds":4,"p99Milliseconds":9.5,"longestMilliseconds":20}""";

    [Fact]
    public void WhatTheScriptPrintsIsFoundAmongWhatWrkPrints()
    {
        RequestsRound round = RequestsRound.Parse($"Running 15s test @ http://127.0.0.1:1/\n  1000 requests in 2.50s\n{Line}\n");

        Assert.Equal(1000, round.Requests);
        Assert.Equal(2, round.ReadErrors);
        Assert.Equal(9.5, round.P99Milliseconds);
    }

    [Fact]
    public void OutputWithoutCountsIsAFailureOfTheHost()
        => Assert.Throws<HostException>(() => RequestsRound.Parse("unable to connect to 127.0.0.1:1 Connection refused\n"));

    [Fact]
    public void RoundsAreAddedUpAndTheWorstTimesCount()
    {
        RequestsRound round = RequestsRound.Parse(Line);

        RequestsResult result = new([round, round with { ReadErrors = 0, P99Milliseconds = 30, LongestMilliseconds = 15 }], 16, crashes: 3);

        Assert.Equal(2000, result.Requests);
        Assert.Equal(400, result.RequestsPerSecond);
        Assert.Equal(4, result.P50Milliseconds);
        Assert.Equal(30, result.P99Milliseconds);
        Assert.Equal(20, result.LongestMilliseconds);
        Assert.Equal(2, result.Errors);
        Assert.False(result.IsFaultless);
        Assert.True(result.IsRight);
    }

    [Fact]
    public void AWrongReplyIsNeverRight()
    {
        RequestsResult result = new([RequestsRound.Parse(Line) with { WrongReplies = 1 }], 1, crashes: 0);

        Assert.False(result.IsRight);
        Assert.False(result.IsFaultless);
    }
}
