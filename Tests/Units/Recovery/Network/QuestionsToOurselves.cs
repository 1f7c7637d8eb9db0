using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class QuestionsToOurselves
{
    private const uint Neighbor = 0x0A00_020F;
    private const byte Synchronize = 0x02;
    private const int SourceStationOffset = 6;

    private readonly ReflectedFrames _reflected = new() { IsOn = true };
    private readonly FramePath _incoming = new(new FakeExchange(), 16, _ => Assert.Fail("nobody is to be told of it"));

    [Fact]
    public void ComeBackAsTheNeighborsAndAreIntact()
    {
        byte[] sent = TcpFrames.Make(Synchronize, sourcePort: ProbePorts.First);
        sent.AsSpan(SourceStationOffset, MacAddress.Length).Fill(0x52);
        Assert.True(_reflected.TryTake(sent, Neighbor, _incoming));
        ReadOnlySpan<byte> batch = _incoming.Offer(out int frames, out _);
        Assert.Equal(1, frames);
        Assert.True(PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame));
        Assert.Equal(sent.Length, frame.Length);
        Assert.Equal(0x52, frame[0]);
        Assert.Equal(0, frame[SourceStationOffset]);
        Assert.True(TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet));
        Assert.True(TransportFrame.IsIntact(packet));
        Assert.Equal([10, 0, 2, 15, 10, 0, 2, 2], packet[12..20].ToArray());
        Assert.Equal(sent.AsSpan(34).ToArray(), frame[34..].ToArray());
    }

    [Fact]
    public void AreNotWhatOthersSend()
    {
        Assert.False(_reflected.TryTake(TcpFrames.Make(Synchronize), Neighbor, _incoming));
        Assert.False(_reflected.TryTake(TcpFrames.Make(Synchronize, sourcePort: ProbePorts.First), Neighbor + 1, _incoming));
        Assert.False(_reflected.TryTake(TcpFrames.Make(Synchronize, sourcePort: ProbePorts.First + ProbePorts.Count), Neighbor, _incoming));
        Assert.False(_reflected.TryTake(TcpFrames.Make(Synchronize, sourcePort: ProbePorts.First), neighbor: 0, _incoming));
        Assert.Equal(0, _incoming.Queued);
    }

    // Clients of a neighbour take such ports too, and were answered by nobody.
    [Fact]
    public void AreNotWhatANeighborIsSentWhileNobodyProbes()
    {
        _reflected.IsOn = false;
        Assert.False(_reflected.TryTake(TcpFrames.Make(Synchronize, sourcePort: ProbePorts.First), Neighbor, _incoming));
        Assert.Equal(0, _incoming.Queued);
    }

    [Fact]
    public void ThatAreCutOffAnywhereAreLeftAlone()
    {
        byte[] sent = TcpFrames.Make(Synchronize, sourcePort: ProbePorts.First);
        for (int length = 0; length < 38; length++)
        {
            Assert.False(_reflected.TryTake(sent.AsSpan(0, length), Neighbor, _incoming));
        }
    }

    // Trial tcpip 332 of seed 12: segments with fewer options than the probes' own were not understood any more, for half a second.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AreAlsoThoseOfClientsThatOfferNoOptions(bool isPlain)
    {
        byte[] largestSegment = [2, 4, 5, 180];
        byte[] offered = [.. largestSegment, 1, 3, 3, 7, 4, 2, 8, 10, 1, 2, 3, 4, 0, 0, 0, 0];
        byte[] padding = new byte[offered.Length - largestSegment.Length];
        padding.AsSpan().Fill(1);
        ushort port = (ushort)(ProbePorts.First + (isPlain ? 1 : 0));
        Assert.True(_reflected.TryTake(TcpFrames.Make(Synchronize, sourcePort: port, options: offered), Neighbor, _incoming));
        ReadOnlySpan<byte> batch = _incoming.Offer(out _, out _);
        Assert.True(PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame));
        Assert.True(TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet));
        Assert.True(TransportFrame.IsIntact(packet));
        Assert.Equal(isPlain ? [.. largestSegment, .. padding] : offered, packet[40..].ToArray());
    }

    // Trial tcpip 332 again: the stack was asked with options, the web server on it without, and that was replaced four times.
    [Fact]
    public void OfOneRoundAreOfOneKind()
    {
        const uint Questions = 8;
        for (uint round = 0; round < 4; round++)
        {
            ushort[] ports = [.. Enumerable.Range(5, (int)Questions).Select(question => ProbePorts.Of((uint)question, round))];
            Assert.All(ports, port => Assert.Equal(round % 2 == 1, ProbePorts.IsPlain(port)));
            Assert.All(ports, port => Assert.True(ProbePorts.Contains(port)));
            Assert.Equal(Questions, (uint)ports.Distinct().Count());
        }
    }

    // Lengths of options are not to be trusted: none, one beyond the header, one of nothing.
    [Theory]
    [InlineData(new byte[] { 3, 0, 0, 0 })]
    [InlineData(new byte[] { 3, 200, 0, 0 })]
    [InlineData(new byte[] { 1, 1, 1, 8 })]
    [InlineData(new byte[] { 2, 40, 1, 1 })]
    public void StayIntactWithOptionsThatAreNone(byte[] options)
    {
        Assert.True(_reflected.TryTake(TcpFrames.Make(Synchronize, sourcePort: ProbePorts.First + 1, options: options), Neighbor, _incoming));
        ReadOnlySpan<byte> batch = _incoming.Offer(out _, out _);
        Assert.True(PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame));
        Assert.True(TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet));
        Assert.True(TransportFrame.IsIntact(packet));
    }
}
