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

    [Fact]
    public void AStackThatTakesAConnectionRequestAndSaysNothingIsAwaited()
    {
        Take(TcpFrames.Make(Synchronize), 1);
        Assert.True(_watch.IsAwaited(1));
        Assert.Equal(0u, _watch.Answers);
    }

    [Theory]
    [InlineData(Synchronize | Acknowledgement)]
    [InlineData(Reset | Acknowledgement)]
    public void AnAcceptanceOrARefusalIsAnAnswer(byte flags)
    {
        Take(TcpFrames.Make(Synchronize), 1);
        _watch.SentByStack(TcpFrames.Make(flags), 1);
        Assert.False(_watch.IsAwaited(1));
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
        Assert.False(_watch.IsAwaited(1));
    }

    // A fault in TcpHeader.Write left out an argument of the checksum: every segment was sent, and none was of use.
    [Fact]
    public void ASegmentWithAWrongChecksumIsNoAnswer()
    {
        byte[] wrong = TcpFrames.Make(Synchronize | Acknowledgement);
        wrong[^1] ^= 1;
        Take(TcpFrames.Make(Synchronize), 1);
        _watch.SentByStack(wrong, 1);
        Assert.True(_watch.IsAwaited(1));
    }

    [Theory]
    [InlineData(Acknowledgement)]
    [InlineData(Synchronize | Acknowledgement)]
    [InlineData(Reset)]
    public void OnlyTheFirstSegmentOfAConnectionDemandsAnAnswer(byte flags)
    {
        Take(TcpFrames.Make(flags), 1);
        Assert.False(_watch.IsAwaited(1));
    }

    [Fact]
    public void WhatArrivesDamagedDemandsNoAnswer()
    {
        byte[] request = TcpFrames.Make(Synchronize);
        for (int index = 14; index < request.Length; index++)
        {
            byte[] damaged = [.. request];
            damaged[index] ^= 0x40;
            AnswerWatch watch = new();
            Take(watch, damaged, 1);
            Assert.False(watch.IsAwaited(1), $"byte {index}");
        }
    }

    [Fact]
    public void AFrameOfAnyLengthIsReadSafely()
    {
        byte[] request = TcpFrames.Make(Synchronize);
        for (int length = 0; length < request.Length; length++)
        {
            Take(_watch, request.AsSpan(0, length), 1);
            _watch.SentByStack(request.AsSpan(0, length), 1);
            Assert.False(_watch.IsAwaited(1));
        }
    }

    [Fact]
    public void WhatOneInstanceWasAskedIsNotAwaitedOfTheNext()
    {
        Take(TcpFrames.Make(Synchronize), 1);
        Assert.False(_watch.IsAwaited(2));
    }

    [Fact]
    public void AnInstanceThatAnsweredNobodyIsNotFollowedByAThird()
    {
        Take(TcpFrames.Make(Synchronize), 1);
        Take(TcpFrames.Make(Synchronize), 2);
        Assert.False(_watch.IsAwaited(2));

        _watch.SentByStack(TcpFrames.Make(Synchronize | Acknowledgement), 2);
        Take(TcpFrames.Make(Synchronize), 3);
        Assert.True(_watch.IsAwaited(3));
    }

    [Fact]
    public void TheMonitorIsToldOfAStackThatDoesNotAnswer()
    {
        NetworkRig rig = new NetworkRig().Boot();
        ProgressSample[] samples = new ProgressSample[IProgressSource.MaximumSamples];
        Assert.Equal(4, rig.Shadow.Sample(samples));
        Assert.Equal((0ul, true), (samples[3].Pending, samples[3].IsActive));

        byte[] batch = new byte[256];
        int used = 0;
        Assert.True(NooksOS.Contracts.PacketBatch.TryAppend(batch, ref used, TcpFrames.Make(Synchronize)));
        rig.Driver.Arrived = batch[..used];
        rig.Interrupt();
        rig.Shadow.Pump();
        rig.Shadow.Sample(samples);
        Assert.Equal((1ul, NetworkRig.StackDomain), (samples[3].Pending, samples[3].DomainId));
    }

    private void Take(byte[] frame, uint instance) => Take(_watch, frame, instance);

    private static void Take(AnswerWatch watch, ReadOnlySpan<byte> frame, uint instance)
    {
        if (TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet))
        {
            watch.TakenByStack(frame, packet, instance);
        }
    }
}
