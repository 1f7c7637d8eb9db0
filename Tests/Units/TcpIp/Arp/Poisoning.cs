using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Arp;

public class Poisoning
{
    private readonly StackWithAddress _rig = new();
    private readonly Peer _attacker;

    public Poisoning()
    {
        _attacker = new Peer(_rig.Network, new MacAddress(0x6666_6666_6602), new Ipv4Address(0x0A00_0266));
        Exchange();
        _rig.RunSeconds(2);
        _rig.Forget();
        Host.Datagrams.Clear();
    }

    private Peer Host => _rig.Host;

    [Fact]
    public void AClaimAloneChangesNothing()
    {
        for (int round = 0; round < 50; round++)
        {
            Claim(ArpOperation.Reply);
            Claim(ArpOperation.Request);
            _rig.RunMilliseconds(100);
            Exchange();
        }

        Assert.Equal(50, Host.Datagrams.Count);
        Assert.Empty(_attacker.Datagrams);

        // Each claim made us ask the real one, but not more than once per second.
        Assert.InRange(Host.ArpPackets.Count, 1, 8);
    }

    [Fact]
    public void AReplacedStationIsFound()
    {
        Host.Station = new MacAddress(0x0A00_0000_0004);
        Host.SendArp(new ArpPacket(ArpOperation.Request, Host.Station, Host.Address, default, Host.Address), MacAddress.Broadcast);
        _rig.RunMilliseconds(10);
        Exchange();
        Assert.Single(Host.Datagrams);
    }

    [Fact]
    public void UnaskedAnswersAreNotKept()
    {
        Ipv4Address victim = new(0x0A00_0299);
        _attacker.SendArp(
            new ArpPacket(ArpOperation.Reply, _attacker.Station, victim, _rig.Stack.Station, _rig.Stack.Address), _rig.Stack.Station);
        _rig.RunMilliseconds(5);
        Assert.True(_rig.Stack.Interface.TryPing(victim, 1, _rig.Network.Now));
        _rig.RunMilliseconds(5);
        Assert.Contains(_attacker.ArpPackets, packet => packet.TargetProtocol == victim);
        Assert.DoesNotContain(_attacker.Messages, message => message.Message.Type == IcmpType.Echo);
    }

    [Fact]
    public void AFloodOfAskersCostsNobodyHisPlace()
    {
        for (uint number = 1; number < 250; number++)
        {
            Ipv4Address sender = new(0x0A00_0200 + number);
            if (sender != _rig.Stack.Address && sender != Host.Address)
            {
                _attacker.SendArp(
                    new ArpPacket(ArpOperation.Request, _attacker.Station, sender, default, _rig.Stack.Address), MacAddress.Broadcast);
            }
        }

        _rig.RunMilliseconds(50);
        _rig.Forget();
        Exchange();
        Assert.Single(Host.Datagrams);
        Assert.Empty(Host.ArpPackets);
    }

    [Fact]
    public void AFloodOfInventedSendersCostsNobodyHisPlace()
    {
        for (uint number = 1; number < 250; number++)
        {
            Ipv4Address sender = new(0x0A00_0200 + number);
            if (sender != _rig.Stack.Address && sender != Host.Address)
            {
                _rig.Network.Send(_attacker, Packets.Udp(
                    _attacker.Station, _rig.Stack.Station, sender, _rig.Stack.Address, 1000, 7, [1]));
            }
        }

        _rig.RunMilliseconds(50);
        _rig.Forget();
        Exchange();
        Assert.Single(Host.Datagrams);
        Assert.Empty(Host.ArpPackets);
    }

    [Fact]
    public void OurOwnAddressIsDefendedButNotAtAnyPrice()
    {
        InterfaceConfiguration before = _rig.Stack.Interface.Configuration;
        _rig.RunSeconds(11);
        _rig.Forget();
        for (int round = 0; round < 100; round++)
        {
            _attacker.SendArp(
                new ArpPacket(ArpOperation.Request, _attacker.Station, _rig.Stack.Address, default, _rig.Stack.Address), MacAddress.Broadcast);
            _rig.RunMilliseconds(100);
        }

        Assert.Equal(before, _rig.Stack.Interface.Configuration);
        Assert.Equal(100ul, _rig.Counters[DropReason.AddressConflict]);
        Assert.InRange(Host.ArpPackets.Count(packet => packet.SenderHardware == _rig.Stack.Station), 1, 2);
    }

    [Fact]
    public void AddressesOfOtherNetworksAreNotLearned()
    {
        foreach (uint sender in (uint[])[0xC0A8_0001, 0x7F00_0001, 0xE000_0001, 0xFFFF_FFFF, 0x0A00_02FF, 0x0A00_0200, 0])
        {
            _attacker.SendArp(
                new ArpPacket(ArpOperation.Request, _attacker.Station, new Ipv4Address(sender), default, _rig.Stack.Address), MacAddress.Broadcast);
            _rig.RunMilliseconds(5);
            Assert.False(_rig.Stack.Interface.TryPing(new Ipv4Address(sender), 1, _rig.Network.Now) && sender != 0xC0A8_0001);
        }

        _rig.RunMilliseconds(5);

        // What is off link still goes to the gateway.
        Assert.DoesNotContain(_attacker.Messages, message => message.Message.Type == IcmpType.Echo);
    }

    [Fact]
    public void TheCacheIsOfFixedSizeAndSpreadsItsEntries()
    {
        ArpCache cache = new(0x1234_5678_9ABC_DEF0);
        Random random = new(10);
        for (int round = 0; round < 10_000; round++)
        {
            Ipv4Address address = new((uint)random.NextInt64(1, 1L << 32));
            if (cache.Find(address) < 0)
            {
                int index = cache.Allocate(address, isUsed: true, out _);
                Assert.InRange(index, 0, ArpCache.Capacity - 1);
                cache[index].State = (NeighborState)random.Next(1, 5);
                Assert.Equal(index, cache.Find(address));
            }
        }

        int used = Enumerable.Range(0, ArpCache.Capacity).Count(index => cache[index].State != NeighborState.Free);
        Assert.Equal(ArpCache.Capacity, used);
    }

    private void Claim(ArpOperation operation)
        => _attacker.SendArp(
            new ArpPacket(operation, _attacker.Station, Host.Address, _rig.Stack.Station, _rig.Stack.Address), _rig.Stack.Station);

    private void Exchange()
    {
        Host.SendUdp(_rig.Stack.Address, 5000, 7, [1]);
        _rig.RunMilliseconds(10);
    }
}
