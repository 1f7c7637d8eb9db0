using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Echo;
using NooksOS.Tool.Machines;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class EchoAccounting
{
    private readonly EchoLedger _ledger = new();
    private readonly Random _random = new(1);

    [Fact]
    public void EveryFateIsCounted()
    {
        byte[] first = Send();
        byte[] second = Send();
        Send();
        byte[] fourth = Send();
        Receive(first, 10);
        Receive(first, 11);
        Receive(second, 12);
        fourth[20] ^= 1;
        Receive(fourth, 13);

        EchoCounts counts = _ledger.Close(Milliseconds(20));
        Assert.Equal(new EchoCounts(4, 2, 2, 1, 1, 10), counts);
    }

    [Fact]
    public void AnAnswerToSomethingNeverSentIsCorrupt()
    {
        byte[] buffer = new byte[EchoDatagram.LongestBytes];
        int length = EchoDatagram.Write(buffer, 5, _random);
        Receive(buffer[..length], 1);
        Assert.Equal(new EchoCounts(0, 0, 0, 0, 1, 0), _ledger.Close(Milliseconds(2)));
    }

    [Fact]
    public void TheLongestGapIsBetweenAnswers()
    {
        byte[][] sent = [Send(), Send(), Send()];
        Receive(sent[0], 5);
        Receive(sent[1], 105);
        Receive(sent[2], 130);
        Assert.Equal(100, _ledger.Close(Milliseconds(1000)).LongestGapMilliseconds);
    }

    [Fact]
    public void SilenceAtTheEndIsAGap()
    {
        byte[] first = Send();
        Send();
        Receive(first, 5);
        Assert.Equal(495, _ledger.Close(Milliseconds(500)).LongestGapMilliseconds);
    }

    [Theory]
    [InlineData(50, 5.0)]
    [InlineData(99, 10.0)]
    [InlineData(10, 1.0)]
    [InlineData(0, 1.0)]
    public void PercentilesAreMeasuredValues(double percent, double expected) =>
        Assert.Equal(expected, Percentiles.Of([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent));

    [Fact]
    public void WithoutValuesThereIsNoPercentile() => Assert.Null(Percentiles.Of([], 50));

    [Fact]
    public void TheResultIsGoodOnlyIfEveryCrashWasRecovered()
    {
        EchoCounts counts = new(10, 9, 1, 0, 0, 12.3456);
        FaultRecord[] faults = [new() { RecoveryMilliseconds = 2 }, new() { RecoveryMilliseconds = 4 }];
        EchoDemoResult result = new(counts, 2, faults);
        Assert.True(result.IsGood);
        Assert.Equal((2.0, 4.0, 12.346), (result.RecoveryP50Milliseconds, result.RecoveryP99Milliseconds, result.LongestGapMilliseconds));
        Assert.False(new EchoDemoResult(counts, 3, faults).IsGood);
        Assert.False(new EchoDemoResult(counts with { Corrupted = 1 }, 2, faults).IsGood);
        Assert.False(new EchoDemoResult(counts with { Answered = 0 }, 2, faults).IsGood);
    }

    [Fact]
    public async Task AFaithfulEchoLosesNothing()
    {
        using Socket echo = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        // Room for every datagram of the test: an echo that gets no processor for a while must not lose any.
        echo.ReceiveBufferSize = 4 * 1024 * 1024;
        echo.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)echo.LocalEndPoint!).Port;
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(20));
        Task answering = AnswerAsync(echo, end.Token);

        await EchoLoad.WaitForAnswerAsync(port, end.Token);
        using EchoLoad load = new(port, seed: 3);
        EchoCounts counts = await load.RunAsync(1000, TimeSpan.FromMilliseconds(300), end.Token);
        await end.CancelAsync();
        await answering;

        Assert.Equal((300, 300, 0, 0), (counts.Sent, counts.Answered, counts.Corrupted, counts.Duplicated));
    }

    private static async Task AnswerAsync(Socket echo, CancellationToken cancellation)
    {
        byte[] buffer = new byte[2048];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await echo.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), cancellation);
                await echo.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), SocketFlags.None, received.RemoteEndPoint, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    private static TimeSpan Milliseconds(int time) => TimeSpan.FromMilliseconds(time);

    private byte[] Send()
    {
        byte[] buffer = new byte[EchoDatagram.LongestBytes];
        int length = EchoDatagram.Write(buffer, _ledger.Send(TimeSpan.Zero), _random);
        return buffer[..length];
    }

    private void Receive(byte[] datagram, int time) => _ledger.Receive(datagram, Milliseconds(time));
}
