using System;
using NooksOS.Extensions.Iperf;
using Xunit;

namespace NooksOS.Tests.Units.Iperf;

/// <summary>The headers as iperf 2.1.8 sent them.</summary>
public sealed class Requests
{
    private const string Rest = "00000000000000000002000100080003";

    [Fact]
    public void AClientThatSendsForASecond()
        => Assert.Equal(
            new TestRequest(IsReverse: false, 1_000_000_000, 0, 0),
            TestRequest.Read(Convert.FromHexString("400100780000000100003a9c0000000000000000ffffff9c" + Rest + "000000000000000000000000")));

    [Fact]
    public void AClientThatReceivesForTwoSeconds()
        => Assert.Equal(
            new TestRequest(IsReverse: true, 2_000_000_000, 0, 0),
            TestRequest.Read(Convert.FromHexString("440100780000000100003a9c0000000000000000ffffff38" + Rest + "000000000000000000000000")));

    [Fact]
    public void AClientThatReceivesAMillionBytes()
        => Assert.Equal(
            new TestRequest(IsReverse: true, 0, 1_000_000, 0),
            TestRequest.Read(Convert.FromHexString("440100780000000100003a9c0000000000000000000f4240" + Rest + "000000000000000000000000")));

    [Fact]
    public void AShortRequestAsksForNothing() => Assert.Equal(default, TestRequest.Read(new byte[TestRequest.SizeBytes - 1]));

    [Theory]
    [InlineData("000000016b016c31000cc4bc00000000", 1L, 1795255345836796L)]
    [InlineData("fffffedb6b016c32000d15b7ffffffff", -293L, 1795255346857527L)]
    public void ADatagramHasANumberAndATime(string text, long number, long microseconds)
    {
        byte[] bytes = Convert.FromHexString(text);
        Assert.True(TestDatagram.TryRead(bytes, out TestDatagram header));
        Assert.Equal(new TestDatagram(number, microseconds), header);
        byte[] written = new byte[TestDatagram.SizeBytes];
        header.Write(written);
        Assert.Equal(bytes, written);
        Assert.False(TestDatagram.TryRead(bytes.AsSpan(1), out _));
    }
}
