using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Internet;

public class EchoAndPing
{
    private readonly StackWithAddress _rig = new();

    private Peer Host => _rig.Host;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(1471)]
    [InlineData(1472)]
    public void WhatComesGoesBack(int length)
    {
        byte[] data = new byte[length];
        new Random(length).NextBytes(data);
        Host.SendUdp(_rig.Stack.Address, 5000, 7, data);
        Host.SendPing(_rig.Stack.Address, 9, data);
        _rig.RunMilliseconds(10);
        (UdpHeader header, Ipv4Address source, byte[] echoed) = Assert.Single(Host.Datagrams);
        Assert.Equal((7, 5000, _rig.Stack.Address), (header.SourcePort, header.DestinationPort, source));
        Assert.Equal(data, echoed);
        (IcmpMessage reply, byte[] answered) = Assert.Single(Host.Messages);
        Assert.Equal(new IcmpMessage(IcmpType.EchoReply, 0, 0x0077_0009), reply);
        Assert.Equal(data, answered);
    }

    [Fact]
    public void WhatOneBatchAsksLeavesInOneCall()
    {
        Host.SendUdp(_rig.Stack.Address, 5000, 7, [0]);
        _rig.RunMilliseconds(10);
        _rig.Forget();
        for (byte number = 0; number < PacketBatch.MaximumFrames; number++)
        {
            Host.SendUdp(_rig.Stack.Address, 5000, 7, [number]);
        }

        _rig.RunMilliseconds(2);
        Assert.Equal([PacketBatch.MaximumFrames], _rig.Stack.Transmissions);
    }

    [Fact]
    public void PaddingNeverCarriesWhatOthersSent()
    {
        byte[] secret = new byte[1000];
        secret.AsSpan().Fill(0x5A);
        for (int round = 0; round < 4 * PacketBatch.MaximumFrames; round++)
        {
            Host.SendUdp(_rig.Stack.Address, 5000, 7, secret);
        }

        _rig.RunMilliseconds(10);
        _rig.Forget();
        for (int round = 0; round < 4 * PacketBatch.MaximumFrames; round++)
        {
            Host.SendUdp(_rig.Stack.Address, 5000, 7, [1]);
        }

        _rig.RunMilliseconds(10);

        // Identifications and checksums may hold one such byte, but not several in a row.
        byte[] leaked = [0x5A, 0x5A, 0x5A];
        Assert.DoesNotContain(_rig.Network.Sent, frame => frame.AsSpan().IndexOf(leaked) >= 0);
    }

    [Fact]
    public void AChecksumOfNoneIsAccepted()
    {
        byte[] frame = Packets.Udp(Host.Station, _rig.Stack.Station, Host.Address, _rig.Stack.Address, 5000, 7, [1, 2, 3]);
        frame.AsSpan(14 + 20 + 6, 2).Clear();
        _rig.Network.Send(Host, frame);
        _rig.RunMilliseconds(10);
        Assert.Equal([1, 2, 3], Assert.Single(Host.Datagrams).Data);
    }

    [Fact]
    public void OurPingIsAnswered()
    {
        Assert.True(_rig.Stack.Interface.TryPing(Host.Address, 42, _rig.Network.Now));
        Assert.True(_rig.Stack.Interface.TryGetPing(42, out PingStatus waiting));
        Assert.False(waiting.Answered);
        _rig.RunMilliseconds(20);
        Assert.True(_rig.Stack.Interface.TryGetPing(42, out PingStatus answered));
        Assert.True(answered.Answered);
        Assert.InRange(answered.RoundTripNanoseconds, 1ul, 20ul * 1_000_000);
        Assert.False(_rig.Stack.Interface.TryGetPing(43, out _));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x0A00_02FFu)]
    [InlineData(0x0A00_020Fu)]
    [InlineData(0xE000_0001u)]
    [InlineData(0x7F00_0001u)]
    public void NotEverythingCanBePinged(uint address)
        => Assert.False(_rig.Stack.Interface.TryPing(new Ipv4Address(address), 1, _rig.Network.Now));

    [Fact]
    public void AnAnswerFromSomebodyElseDoesNotCount()
    {
        Assert.True(_rig.Stack.Interface.TryPing(new Ipv4Address(0x0A00_0277), 1, _rig.Network.Now));
        for (int round = 0; round < 100; round++)
        {
            _rig.Network.Send(Host, Packets.Echo(
                Host.Station, _rig.Stack.Station, Host.Address, _rig.Stack.Address, IcmpType.EchoReply, 1, new byte[56]));
        }

        _rig.RunMilliseconds(20);
        Assert.True(_rig.Stack.Interface.TryGetPing(1, out PingStatus status));
        Assert.False(status.Answered);
    }

    [Fact]
    public void OldPingsAreForgottenNotPiledUp()
    {
        for (int sequence = 0; sequence < 70_000; sequence++)
        {
            _rig.Stack.Interface.TryPing(Host.Address, (ushort)sequence, _rig.Network.Now);
        }

        _rig.RunMilliseconds(20);
        int known = Enumerable.Range(0, 0x10000).Count(sequence => _rig.Stack.Interface.TryGetPing((ushort)sequence, out _));
        Assert.Equal(PingTable.Capacity, known);
    }

    [Fact]
    public void AClosedPortIsSaidToBeClosedButNotForEver()
    {
        for (int round = 0; round < 100; round++)
        {
            Host.SendUdp(_rig.Stack.Address, 5000, 9999, [1, 2, 3, 4]);
        }

        _rig.RunMilliseconds(20);
        Assert.InRange(Host.Messages.Count, IcmpLayer.ErrorBurst, IcmpLayer.ErrorBurst + 1);
        (IcmpMessage message, byte[] quoted) = Host.Messages[0];
        Assert.Equal((IcmpType.DestinationUnreachable, IcmpMessage.PortUnreachable), (message.Type, message.Code));

        // RFC 792: the header and the first 64 bits.
        Assert.Equal(28, quoted.Length);
        Assert.Equal(9999, (quoted[22] << 8) | quoted[23]);
        _rig.RunSeconds(5);
        Host.SendUdp(_rig.Stack.Address, 5000, 9999, [1]);
        int before = Host.Messages.Count;
        _rig.RunMilliseconds(20);
        Assert.Equal(before + 1, Host.Messages.Count);
        Host.SendUdp(Ipv4Address.LimitedBroadcast, 5000, 9999, [1]);
        _rig.RunMilliseconds(20);
        Assert.Equal(before + 1, Host.Messages.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OverABadLinkEveryAnswerIsRightAndMostCome(int seed)
    {
        StackWithAddress rig = new(seed);
        rig.Network.Loss = 0.05;
        rig.Network.Duplication = 0.05;
        rig.Network.Reordering = 0.2;
        Random random = new(seed);
        Dictionary<int, byte[]> sent = [];
        for (int number = 0; number < 2000; number++)
        {
            byte[] data = new byte[random.Next(4, 1473)];
            random.NextBytes(data);
            BitConverter.TryWriteBytes(data, number);
            sent[number] = data;
            rig.Host.SendUdp(rig.Stack.Address, 5000, 7, data);
            rig.RunMilliseconds(1);
        }

        rig.RunSeconds(1);
        HashSet<int> answered = [];
        foreach ((_, _, byte[] data) in rig.Host.Datagrams)
        {
            int number = BitConverter.ToInt32(data);
            Assert.Equal(sent[number], data);
            answered.Add(number);
        }

        Assert.InRange(answered.Count, 1700, 2000);
        Assert.Equal(0ul, rig.Counters.ToStatistics().ChecksumErrors);
        Assert.Equal(0ul, rig.Counters.ToStatistics().MalformedFrames);
    }

    [Fact]
    public void AKernelThatTakesNoFramesCostsFramesAndNothingElse()
    {
        _rig.Stack.RefusesFrames = true;
        for (int round = 0; round < 1000; round++)
        {
            // What comes of a call that is no exchange leaves by a call.
            Host.SendPing(_rig.Stack.Address, 1, [1]);
            _rig.Stack.Interface.TryPing(Host.Address, 1, _rig.Network.Now);
            _rig.RunMilliseconds(1);
        }

        Assert.True(_rig.Counters[DropReason.NotTransmitted] > 0);
        _rig.Stack.RefusesFrames = false;
        Host.Messages.Clear();
        _rig.RunSeconds(5);
        Host.SendPing(_rig.Stack.Address, 2, [1]);
        _rig.RunMilliseconds(20);
        Assert.Contains(Host.Messages, message => message.Message.Sequence == 2);
    }
}
