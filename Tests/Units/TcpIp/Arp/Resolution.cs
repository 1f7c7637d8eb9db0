using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Arp;

public class Resolution
{
    private readonly StackWithAddress _rig = new();

    private Peer Host => _rig.Host;

    private Ipv4Address StackAddress => _rig.Stack.Address;

    [Fact]
    public void WhoAsksForUsIsAnswered()
    {
        Host.SendArp(new ArpPacket(ArpOperation.Request, Host.Station, Host.Address, default, StackAddress), MacAddress.Broadcast);
        _rig.RunMilliseconds(5);
        Assert.Equal(
            new ArpPacket(ArpOperation.Reply, _rig.Stack.Station, StackAddress, Host.Station, Host.Address),
            Assert.Single(Host.ArpPackets));
        Assert.Equal(1ul, _rig.Counters.ArpReplies);

        // And it is known from then on: an answer to it needs no question.
        Host.SendUdp(StackAddress, 5000, 7, [1, 2, 3]);
        _rig.RunMilliseconds(5);
        Assert.Single(Host.Datagrams);
        Assert.Single(Host.ArpPackets);
    }

    [Fact]
    public void WhoAsksForOthersIsNotAnswered()
    {
        Host.SendArp(
            new ArpPacket(ArpOperation.Request, Host.Station, Host.Address, default, new Ipv4Address(0x0A00_0299)),
            MacAddress.Broadcast);
        _rig.RunMilliseconds(5);
        Assert.Empty(Host.ArpPackets);
    }

    [Fact]
    public void AProbeIsAnsweredButNotLearned()
    {
        // RFC 5227 §2.1.1: the sender has no address yet.
        Host.SendArp(new ArpPacket(ArpOperation.Request, Host.Station, Ipv4Address.None, default, StackAddress), MacAddress.Broadcast);
        _rig.RunMilliseconds(5);
        Assert.Equal(ArpOperation.Reply, Assert.Single(Host.ArpPackets).Operation);
        Assert.Equal(0ul, _rig.Counters[DropReason.AddressConflict]);
    }

    [Fact]
    public void DatagramsWaitForTheAnswerAndLeaveInOrder()
    {
        for (byte number = 0; number < PendingFrames.CapacityPerNeighbor; number++)
        {
            Host.SendUdp(StackAddress, 5000, 7, [number]);
        }

        _rig.RunMilliseconds(10);
        Assert.Single(Host.ArpPackets);
        Assert.Equal(Enumerable.Range(0, PendingFrames.CapacityPerNeighbor), Host.Datagrams.Select(datagram => (int)datagram.Data[0]));
    }

    [Fact]
    public void AQuestionLostWithItsDriverIsRepeatedWhenThereIsAnother()
    {
        Host.AnswersArp = false;
        Host.SendUdp(StackAddress, 5000, 7, [1]);
        _rig.RunMilliseconds(50);
        Host.AnswersArp = true;
        _rig.Stack.Interface.ChangeLink(true, _rig.Network.Now);
        _rig.RunMilliseconds(10);
        Assert.Single(Host.Datagrams);
    }

    [Fact]
    public void TheNewestAreKeptWhenTooManyWait()
    {
        Host.AnswersArp = false;
        const int Extra = 5;
        for (byte number = 0; number < PendingFrames.CapacityPerNeighbor + Extra; number++)
        {
            Host.SendUdp(StackAddress, 5000, 7, [number]);
        }

        _rig.RunMilliseconds(10);
        Assert.Equal((ulong)Extra, _rig.Counters[DropReason.PendingOverflow]);
        Host.AnswersArp = true;
        _rig.RunMilliseconds(1100);
        Assert.Equal(
            Enumerable.Range(Extra, PendingFrames.CapacityPerNeighbor), Host.Datagrams.Select(datagram => (int)datagram.Data[0]));
    }

    [Fact]
    public void ASilentHostIsAskedOncePerSecondAndThenGivenUp()
    {
        Host.AnswersArp = false;
        for (int millisecond = 0; millisecond < 3500; millisecond += 10)
        {
            Host.SendUdp(StackAddress, 5000, 7, [1]);
            _rig.RunMilliseconds(10);
        }

        Assert.Equal(AddressResolver.MaximumAttempts, Host.ArpPackets.Count);
        Assert.True(_rig.Counters[DropReason.Unreachable] > 0);
        _rig.RunSeconds(10);
        Assert.Equal(AddressResolver.MaximumAttempts, Host.ArpPackets.Count);

        // It may be there later.
        Host.AnswersArp = true;
        Host.SendUdp(StackAddress, 5000, 7, [2]);
        _rig.RunMilliseconds(10);
        Assert.Equal([2], Assert.Single(Host.Datagrams).Data);
    }

    [Fact]
    public void AKnownHostIsAskedAgainAfterAMinuteAndUsedMeanwhile()
    {
        Exchange();
        Assert.Single(Host.ArpPackets);
        _rig.RunSeconds(59);
        Exchange();
        Assert.Single(Host.ArpPackets);
        _rig.RunSeconds(2);
        Host.AnswersArp = false;
        int asked = Host.ArpPackets.Count;
        Exchange();
        Assert.Equal(asked + 1, Host.ArpPackets.Count);
        Assert.Equal(3, Host.Datagrams.Count);

        // RFC 1122 §2.3.2.1 (2): asked directly first, then everybody.
        _rig.RunMilliseconds(1200);
        Exchange();
        Assert.Equal(4, Host.Datagrams.Count);
        MacAddress[] destinations = [.. _rig.Network.Sent
            .Where(frame => ArpTargetOf(frame) == Host.Address)
            .Select(frame => MacAddress.Read(frame))];
        Assert.Equal([MacAddress.Broadcast, Host.Station, MacAddress.Broadcast], destinations);
    }

    [Fact]
    public void OffLinkDestinationsGoToTheGateway()
    {
        Assert.True(_rig.Stack.Interface.TryPing(new Ipv4Address(0x0808_0808), 1, _rig.Network.Now));
        _rig.RunMilliseconds(5);
        ArpPacket question = Assert.Single(_rig.Server.ArpPackets);
        Assert.Equal(_rig.Server.Address, question.TargetProtocol);
        byte[] sent = _rig.Network.Sent.Single(frame => frame[23] == (byte)IpProtocol.Icmp && frame[12] == 8 && frame[13] == 0);
        Assert.Equal(_rig.Server.Station, MacAddress.Read(sent));
    }

    private static Ipv4Address? ArpTargetOf(byte[] frame)
        => EthernetHeader.TryParse(frame, out EthernetHeader header)
            && header.Type == EtherType.Arp
            && ArpPacket.TryParse(frame.AsSpan(14), out ArpPacket packet)
            && packet.Operation == ArpOperation.Request
            ? packet.TargetProtocol
            : null;

    private void Exchange()
    {
        Host.SendUdp(StackAddress, 5000, 7, [1]);
        _rig.RunMilliseconds(10);
    }
}
