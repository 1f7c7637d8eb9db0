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
        _watch.TakenByStack(Segment(Synchronize), 1);
        Assert.True(_watch.IsAwaited(1));
        Assert.Equal(0u, _watch.Answers);
    }

    [Theory]
    [InlineData(Synchronize | Acknowledgement)]
    [InlineData(Reset | Acknowledgement)]
    public void AnAcceptanceOrARefusalIsAnAnswer(byte flags)
    {
        _watch.TakenByStack(Segment(Synchronize), 1);
        _watch.SentByStack(Segment(flags), 1);
        Assert.False(_watch.IsAwaited(1));
        Assert.Equal(1u, _watch.Answers);
    }

    [Fact]
    public void AQuestionForTheAddressOfThePeerIsAnAnswer()
    {
        byte[] question = new byte[60];
        BinaryPrimitives.WriteUInt16BigEndian(question.AsSpan(12), 0x0806);
        BinaryPrimitives.WriteUInt16BigEndian(question.AsSpan(20), 1);
        _watch.TakenByStack(Segment(Synchronize), 1);
        _watch.SentByStack(question, 1);
        Assert.False(_watch.IsAwaited(1));
    }

    // A fault in TcpHeader.Write left out an argument of the checksum: every segment was sent, and none was of use.
    [Fact]
    public void ASegmentWithAWrongChecksumIsNoAnswer()
    {
        byte[] wrong = Segment(Synchronize | Acknowledgement);
        wrong[^1] ^= 1;
        _watch.TakenByStack(Segment(Synchronize), 1);
        _watch.SentByStack(wrong, 1);
        Assert.True(_watch.IsAwaited(1));
    }

    [Theory]
    [InlineData(Acknowledgement)]
    [InlineData(Synchronize | Acknowledgement)]
    [InlineData(Reset)]
    public void OnlyTheFirstSegmentOfAConnectionDemandsAnAnswer(byte flags)
    {
        _watch.TakenByStack(Segment(flags), 1);
        Assert.False(_watch.IsAwaited(1));
    }

    [Fact]
    public void WhatArrivesDamagedDemandsNoAnswer()
    {
        byte[] request = Segment(Synchronize);
        for (int index = 14; index < request.Length; index++)
        {
            byte[] damaged = [.. request];
            damaged[index] ^= 0x40;
            AnswerWatch watch = new();
            watch.TakenByStack(damaged, 1);
            Assert.False(watch.IsAwaited(1), $"byte {index}");
        }
    }

    [Fact]
    public void AFrameOfAnyLengthIsReadSafely()
    {
        byte[] request = Segment(Synchronize);
        for (int length = 0; length < request.Length; length++)
        {
            _watch.TakenByStack(request.AsSpan(0, length), 1);
            _watch.SentByStack(request.AsSpan(0, length), 1);
            Assert.False(_watch.IsAwaited(1));
        }
    }

    [Fact]
    public void WhatOneInstanceWasAskedIsNotAwaitedOfTheNext()
    {
        _watch.TakenByStack(Segment(Synchronize), 1);
        Assert.False(_watch.IsAwaited(2));
    }

    [Fact]
    public void AnInstanceThatAnsweredNobodyIsNotFollowedByAThird()
    {
        _watch.TakenByStack(Segment(Synchronize), 1);
        _watch.TakenByStack(Segment(Synchronize), 2);
        Assert.False(_watch.IsAwaited(2));

        _watch.SentByStack(Segment(Synchronize | Acknowledgement), 2);
        _watch.TakenByStack(Segment(Synchronize), 3);
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
        Assert.True(NooksOS.Contracts.PacketBatch.TryAppend(batch, ref used, Segment(Synchronize)));
        rig.Driver.Arrived = batch[..used];
        rig.Interrupt();
        rig.Shadow.Pump();
        rig.Shadow.Sample(samples);
        Assert.Equal((1ul, NetworkRig.StackDomain), (samples[3].Pending, samples[3].DomainId));
    }

    private static byte[] Segment(byte flags)
    {
        const int PacketOffset = 14;
        const int SegmentOffset = PacketOffset + 20;
        byte[] frame = new byte[SegmentOffset + 24];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x0800);
        Span<byte> packet = frame.AsSpan(PacketOffset);
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = 6;
        new byte[] { 10, 0, 2, 2, 10, 0, 2, 15 }.CopyTo(packet[12..]);
        Span<byte> segment = frame.AsSpan(SegmentOffset);
        BinaryPrimitives.WriteUInt16BigEndian(segment, 40_000);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], 80);
        segment[12] = 0x60;
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Checksum(6 + (uint)segment.Length, packet[12..20], segment));
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum(0, packet[..20], default));
        return frame;
    }

    private static ushort Checksum(uint sum, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        for (int index = 0; index < first.Length; index += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(first[index..]);
        }

        for (int index = 0; index < second.Length; index += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(second[index..]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~((sum & 0xFFFF) + (sum >> 16));
    }
}
