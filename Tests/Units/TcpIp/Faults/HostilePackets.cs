using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Faults;

[Collection(MeasuresMemory.Name)]
public class HostilePackets
{
    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(2, 20_000)]
    [InlineData(3, 20_000)]
    public void ChangeNothingThatMatters(int seed, int count)
    {
        StackWithAddress rig = new(seed);
        Prepare(rig);
        InterfaceConfiguration before = rig.Stack.Interface.Configuration;
        DhcpLease lease = rig.Stack.Interface.Dhcp.Lease;
        PacketMutator mutator = new(seed, GoodFrames(rig, transaction: 0x1234_5678));
        Inject(rig, mutator, count / 10);
        long heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        Inject(rig, mutator, count - (count / 10));
        long heapAfter = GC.GetTotalMemory(forceFullCollection: true);

        // Compiling and the test runner take some, too: the bound is against what grows with each packet.
        Assert.True(heapAfter - heapBefore < count * 100L, $"{heapAfter - heapBefore} bytes for {count} packets");
        Assert.Equal(before, rig.Stack.Interface.Configuration);
        Assert.Equal(lease, rig.Stack.Interface.Dhcp.Lease);
        StackStatistics statistics = rig.Counters.ToStatistics();
        Assert.True(statistics.MalformedFrames > (ulong)count / 20);
        Assert.True(statistics.ChecksumErrors > (ulong)count / 50);
        AssertServes(rig);
    }

    [Theory]
    [InlineData(DhcpState.Selecting)]
    [InlineData(DhcpState.Requesting)]
    [InlineData(DhcpState.Renewing)]
    [InlineData(DhcpState.Rebinding)]
    internal void AreSurvivedInEveryStateOfTheDhcpClient(DhcpState state)
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            StackWithAddress rig = new(seed, leaseSeconds: 80) { Server = { IsSilent = true } };
            if (state is DhcpState.Renewing or DhcpState.Rebinding)
            {
                Assert.True(rig.Network.RunUntil(() => rig.Stack.Interface.Dhcp.State == state, 80 * SimulatedNetwork.Second));
                rig.RunMilliseconds(5);
            }
            else
            {
                rig.Stack.Store.For("tcpip").Remove(StackMemory.LeaseKey);
                rig.Server.Change = answer => answer.Type == DhcpMessageType.Acknowledge ? answer with { Transaction = 0 } : answer;
                rig.Server.IsSilent = state == DhcpState.Selecting;
                rig.Forget();
                rig.Stack.Crash();
                rig.RunMilliseconds(5);
                Assert.Equal(state, rig.Stack.Interface.Dhcp.State);
            }

            rig.Server.IsSilent = true;
            Inject(rig, new PacketMutator(seed, GoodFrames(rig, rig.Server.Requests[^1].Message.Transaction)), 500);

            // Who knows the transaction may change the address. But only to one that makes sense.
            InterfaceConfiguration after = rig.Stack.Interface.Configuration;
            Assert.True(after.Address == 0 || new RoutingTable().TryConfigure(
                new Ipv4Address(after.Address), after.SubnetMask, new Ipv4Address(after.Gateway)));
        }
    }

    [Fact]
    public void BrokenBatchesEndWhereTheyBreak()
    {
        StackWithAddress rig = new();
        Random random = new(11);
        byte[] batch = new byte[2000];
        for (int round = 0; round < 10_000; round++)
        {
            random.NextBytes(batch);
            batch[1] = 0;
            rig.Stack.Interface.Receive(rig.Stack, batch.AsSpan(0, random.Next(batch.Length)), rig.Network.Now);
        }

        Prepare(rig);
        AssertServes(rig);
    }

    private static void Prepare(StackWithAddress rig)
    {
        // Past the time in which a new address would be declined because of a conflict, as it should.
        rig.RunSeconds(11);
        rig.Host.SendPing(rig.Stack.Address, 1, [1]);
        rig.RunMilliseconds(20);
        rig.Forget();
    }

    private static void Inject(StackWithAddress rig, PacketMutator mutator, int count)
    {
        byte[] batch = new byte[PacketBatch.MaximumBytes];
        for (int done = 0; done < count; done += PacketBatch.MaximumFrames)
        {
            int used = 0;
            for (int frame = 0; frame < PacketBatch.MaximumFrames; frame++)
            {
                Assert.True(PacketBatch.TryAppend(batch, ref used, mutator.Next()));
            }

            Assert.Equal((uint)PacketBatch.MaximumFrames, rig.Stack.Interface.Receive(rig.Stack, batch.AsSpan(0, used), rig.Network.Now));
            Assert.InRange(rig.Stack.Interface.WaitingFrames, 0, PendingFrames.Capacity);
            if (done % 256 == 0)
            {
                rig.RunMilliseconds(1);
                rig.Forget();
                rig.Host.Datagrams.Clear();
                rig.Host.Messages.Clear();
            }
        }
    }

    private static void AssertServes(StackWithAddress rig)
    {
        rig.RunSeconds(5);
        rig.Host.Datagrams.Clear();
        rig.Host.Messages.Clear();
        rig.Host.SendUdp(rig.Stack.Address, 5000, 7, [1, 2, 3]);
        rig.Host.SendPing(rig.Stack.Address, 3, [4, 5, 6]);
        rig.RunMilliseconds(20);
        Assert.Equal([1, 2, 3], Assert.Single(rig.Host.Datagrams).Data);
        Assert.Equal([4, 5, 6], Assert.Single(rig.Host.Messages).Data);
    }

    private static List<byte[]> GoodFrames(StackWithAddress rig, uint transaction)
    {
        Peer host = rig.Host;
        MacAddress us = rig.Stack.Station;
        Ipv4Address address = rig.Stack.Address.IsNone ? new Ipv4Address(0x0A00_020F) : rig.Stack.Address;
        byte[] data = new byte[200];
        new Random(12).NextBytes(data);
        List<byte[]> frames =
        [
            Packets.Udp(host.Station, us, host.Address, address, 5000, 7, data),
            Packets.Udp(host.Station, us, host.Address, address, 5000, 9999, [1, 2, 3]),
            Packets.Udp(host.Station, MacAddress.Broadcast, host.Address, Ipv4Address.LimitedBroadcast, 5000, 7, [1]),
            Packets.Echo(host.Station, us, host.Address, address, IcmpType.Echo, 1, data),
            Packets.Echo(host.Station, us, host.Address, address, IcmpType.EchoReply, 1, data.AsSpan(0, 56)),
            Packets.Arp(host.Station, MacAddress.Broadcast, new ArpPacket(ArpOperation.Request, host.Station, host.Address, default, address)),
            Packets.Arp(host.Station, us, new ArpPacket(ArpOperation.Reply, host.Station, host.Address, us, address)),
        ];
        byte[] message = new byte[DhcpMessage.MaximumBytes];
        foreach (DhcpMessageType type in (DhcpMessageType[])[DhcpMessageType.Offer, DhcpMessageType.Acknowledge, DhcpMessageType.Refuse])
        {
            int length = new DhcpMessage
            {
                Operation = DhcpOperation.Reply,
                Type = type,
                Transaction = transaction,
                ClientHardware = us,
                YourAddress = address,
                ServerIdentifier = rig.Server.Address,
                SubnetMask = 0xFFFF_FF00,
                Router = rig.Server.Address,
                LeaseSeconds = 3600,
                RenewalSeconds = 1800,
                RebindingSeconds = 3000,
            }.Write(message);
            frames.Add(Packets.Udp(
                rig.Server.Station,
                us,
                rig.Server.Address,
                address,
                DhcpMessage.ServerPort,
                DhcpMessage.ClientPort,
                message.AsSpan(0, length)));
        }

        return frames;
    }
}
