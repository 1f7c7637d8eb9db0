using System;
using System.Buffers.Binary;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class AnswersOfTheStack
{
    private const byte Synchronize = 0x02;
    private const byte Acknowledgement = 0x10;
    private const byte Reset = 0x04;

    private readonly AnswerWatch _watch = new();

    public AnswersOfTheStack() => _watch.SentByStack(TcpFrames.MakeAnswer(Synchronize | Acknowledgement), 1);

    [Fact]
    public void AStackThatTakesAConnectionRequestAndSaysNothingIsAwaited()
    {
        Take(TcpFrames.Make(Synchronize), 1);
        Assert.True(_watch.IsAwaited(1, 0));
        Assert.Equal(0u, _watch.Answers);
    }

    [Theory]
    [InlineData(Synchronize | Acknowledgement)]
    [InlineData(Reset | Acknowledgement)]
    public void AnAcceptanceOrARefusalIsAnAnswer(byte flags)
    {
        Take(TcpFrames.Make(Synchronize), 1);
        _watch.SentByStack(TcpFrames.MakeAnswer(flags), 1);
        Assert.False(_watch.IsAwaited(1, 0));
        Assert.Equal(1u, _watch.Answers);
    }

    [Fact]
    public void AQuestionForTheAddressOfThePeerIsAnAnswer()
    {
        byte[] question = new byte[60];
        BinaryPrimitives.WriteUInt16BigEndian(question.AsSpan(12), 0x0806);
        BinaryPrimitives.WriteUInt16BigEndian(question.AsSpan(20), 1);
        Take(TcpFrames.Make(Synchronize), 1);
        _watch.SentByStack(question, 1);
        Assert.False(_watch.IsAwaited(1, 0));
    }

    // A fault in TcpHeader.Write left out an argument of the checksum: every segment was sent, and none was of use.
    [Fact]
    public void ASegmentWithAWrongChecksumIsNoAnswer()
    {
        byte[] wrong = TcpFrames.MakeAnswer(Synchronize | Acknowledgement);
        wrong[^1] ^= 1;
        Take(TcpFrames.Make(Synchronize), 1);
        _watch.SentByStack(wrong, 1);
        Assert.True(_watch.IsAwaited(1, 0));
    }

    [Theory]
    [InlineData(Acknowledgement)]
    [InlineData(Synchronize | Acknowledgement)]
    [InlineData(Reset)]
    public void OnlyTheFirstSegmentOfAConnectionDemandsAnAnswer(byte flags)
    {
        Take(TcpFrames.Make(flags), 1);
        Assert.False(_watch.IsAwaited(1, 0));
    }

    [Fact]
    public void WhatArrivesDamagedDemandsNoAnswer()
    {
        byte[] request = TcpFrames.Make(Synchronize);
        for (int index = 14; index < request.Length; index++)
        {
            byte[] damaged = [.. request];
            damaged[index] ^= 0x40;
            Take(damaged, 1);
            Assert.False(_watch.IsAwaited(1, 0), $"byte {index}");
        }
    }

    // Twenty thousand random segments ended with a request whose options are impossible. The stack dropped it, as it must, and was replaced.
    [Theory]
    [InlineData("02030501", false)]
    [InlineData("020505B4", false)]
    [InlineData("03040701", false)]
    [InlineData("04030101", false)]
    [InlineData("05020101", false)]
    [InlineData("08040000", false)]
    [InlineData("FE010101", false)]
    [InlineData("01010102", false)]
    [InlineData("020405B4", true)]
    [InlineData("03030701", true)]
    [InlineData("04020101", true)]
    [InlineData("FE040000", true)]
    [InlineData("00020000", true)]
    public void OnlyARequestWithSensibleOptionsDemandsAnAnswer(string options, bool isAwaited)
    {
        Take(TcpFrames.Make(Synchronize, options: Convert.FromHexString(options)), 1);
        Assert.Equal(isAwaited, _watch.IsAwaited(1, 0));
    }

    // The address may be nobody's, or the station of the next hop may be unknown: the stack asks for it once a second and is silent meanwhile.
    [Fact]
    public void AStrangerDemandsNoAnswer()
    {
        const uint Stranger = 0x0A00_0263;
        Take(TcpFrames.Make(Synchronize, peer: Stranger), 1);
        Assert.False(_watch.IsAwaited(1, 0));

        _watch.SentByStack(TcpFrames.MakeAnswer(Synchronize | Acknowledgement, Stranger), 1);
        Take(TcpFrames.Make(Synchronize, peer: Stranger), 1);
        Assert.True(_watch.IsAwaited(1, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void AFrameToAnotherStationOrFromManyDemandsNoAnswer(int offset)
    {
        byte[] request = TcpFrames.Make(Synchronize);
        request[offset] ^= 1;
        Take(request, 1);
        Assert.False(_watch.IsAwaited(1, 0));
    }

    [Fact]
    public void ARequestFromPortZeroDemandsNoAnswer()
    {
        Take(TcpFrames.Make(Synchronize, sourcePort: 0), 1);
        Assert.False(_watch.IsAwaited(1, 0));
    }

    // The queue to the driver was full, so what the stack sent was seen by nobody.
    [Fact]
    public void AnAnswerThatMayBeLostIsNotAwaited()
    {
        Take(TcpFrames.Make(Synchronize), 1);
        Assert.True(_watch.IsAwaited(1, 0));
        Assert.False(_watch.IsAwaited(1, 1));
    }

    [Fact]
    public void AFrameOfAnyLengthIsReadSafely()
    {
        byte[] request = TcpFrames.Make(Synchronize);
        for (int length = 0; length < request.Length; length++)
        {
            Take(request.AsSpan(0, length), 1);
            _watch.SentByStack(request.AsSpan(0, length), 1);
            Assert.False(_watch.IsAwaited(1, 0));
        }
    }

    [Fact]
    public void WhatOneInstanceWasAskedIsNotAwaitedOfTheNext()
    {
        Take(TcpFrames.Make(Synchronize), 1);
        Assert.False(_watch.IsAwaited(2, 0));
    }

    [Fact]
    public void AnInstanceThatAnsweredNobodyIsNotFollowedByAThird()
    {
        Take(TcpFrames.Make(Synchronize), 2);
        Assert.True(_watch.IsAwaited(2, 0));
        Take(TcpFrames.Make(Synchronize), 3);
        Assert.False(_watch.IsAwaited(3, 0));

        _watch.SentByStack(TcpFrames.MakeAnswer(Synchronize | Acknowledgement), 3);
        Take(TcpFrames.Make(Synchronize), 4);
        Assert.True(_watch.IsAwaited(4, 0));
    }

    [Fact]
    public void TheMonitorIsToldOfAStackThatDoesNotAnswer()
    {
        NetworkRig rig = new NetworkRig().Boot();
        Assert.Equal(1u, rig.Send(TcpFrames.MakeAnswer(Synchronize | Acknowledgement)));
        rig.Shadow.Pump();
        rig.SendRing();
        ProgressSample[] samples = new ProgressSample[IProgressSource.MaximumSamples];
        Assert.Equal(4, rig.Shadow.Sample(samples));
        Assert.Equal((0ul, true), (samples[3].Pending, samples[3].IsActive));

        rig.Driver.Arrived = NetworkRig.Batch(TcpFrames.Make(Synchronize));
        rig.Interrupt();
        rig.Shadow.Pump();
        rig.Shadow.Sample(samples);
        Assert.Equal((1ul, NetworkRig.StackDomain), (samples[3].Pending, samples[3].DomainId));
    }

    private void Take(ReadOnlySpan<byte> frame, uint instance)
    {
        if (TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet))
        {
            _watch.TakenByStack(frame, packet, instance, 0);
        }
    }
}
