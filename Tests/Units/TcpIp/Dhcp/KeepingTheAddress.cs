using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Dhcp;

public class KeepingTheAddress
{
    private readonly SimulatedNetwork _network = new();
    private readonly StackStation _stack;
    private readonly DhcpServer _server;

    public KeepingTheAddress()
    {
        _stack = new StackStation(_network);
        _server = new DhcpServer(_network) { LeaseSeconds = 800 };
        _stack.Plug();
        Assert.True(_network.RunUntil(() => _stack.Interface.Dhcp.HasLease, SimulatedNetwork.Second));
        _server.Requests.Clear();
    }

    private DhcpClient Client => _stack.Interface.Dhcp;

    [Fact]
    public void AtHalfTimeItsServerIsAskedDirectly()
    {
        _network.Run(398 * SimulatedNetwork.Second);
        Assert.Empty(_server.Requests);
        _network.Run(4 * SimulatedNetwork.Second);
        (DhcpMessage message, Ipv4Address source, _) = Assert.Single(_server.Requests);

        // RFC 2131 §4.3.6, table 4.
        Assert.Equal(_stack.Address, source);
        Assert.Equal((DhcpMessageType.Request, _stack.Address), (message.Type, message.ClientAddress));
        Assert.True(message.ServerIdentifier.IsNone);
        Assert.True(message.RequestedAddress.IsNone);
        Assert.False(message.Broadcast);
        Assert.Equal(DhcpState.Bound, Client.State);
        _network.Run(398 * SimulatedNetwork.Second);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void ARenewalLostWithItsDriverIsRepeatedWhenThereIsAnother()
    {
        _network.Loss = 1;
        Assert.True(_network.RunUntil(() => Client.State == DhcpState.Renewing, 402 * SimulatedNetwork.Second));
        _network.Run(SimulatedNetwork.Second);
        _network.Loss = 0;
        _stack.Interface.ChangeLink(true, _network.Now);
        Assert.True(_network.RunUntil(() => Client.State == DhcpState.Bound, 20 * SimulatedNetwork.Millisecond));
    }

    [Fact]
    public void ASilentServerIsAskedAgainThenAnybodyAndThenTheAddressIsGivenUp()
    {
        _server.IsSilent = true;
        _network.Run(690 * SimulatedNetwork.Second);
        Assert.Equal(DhcpState.Renewing, Client.State);
        Assert.InRange(_server.Requests.Count, 2, 5);
        _network.Run(20 * SimulatedNetwork.Second);
        Assert.Equal(DhcpState.Rebinding, Client.State);
        Assert.True(Client.HasLease);
        Assert.False(_stack.Address.IsNone);
        _network.Run(95 * SimulatedNetwork.Second);
        Assert.False(Client.HasLease);
        Assert.True(_stack.Address.IsNone);
        Assert.Equal(DhcpState.Selecting, Client.State);
        Assert.InRange(_server.Count(DhcpMessageType.Request), 4, 8);

        // What is lost is not found again by a crash.
        _server.IsSilent = true;
        _stack.Crash();
        Assert.True(_stack.Address.IsNone);
    }

    [Fact]
    public void AnybodyMayExtendTheLeaseInTheEnd()
    {
        _server.IsSilent = true;
        Assert.True(_network.RunUntil(() => Client.State == DhcpState.Rebinding, 750 * SimulatedNetwork.Second));
        _server.IsSilent = false;
        _server.Change = answer => answer with { ServerIdentifier = new Ipv4Address(0x0A00_0203) };
        Assert.True(_network.RunUntil(() => Client.State == DhcpState.Bound, 100 * SimulatedNetwork.Second));
        Assert.Equal(new Ipv4Address(0x0A00_0203), Client.Lease.Server);
    }

    [Fact]
    public void ARefusedRenewalTakesTheAddressAwayAtOnce()
    {
        _server.Refuses = true;
        Assert.True(_network.RunUntil(() => Client.State == DhcpState.Renewing, 410 * SimulatedNetwork.Second));
        _network.Run(10 * SimulatedNetwork.Millisecond);
        Assert.True(_stack.Address.IsNone);
        _server.Refuses = false;
        _server.Lease = new Ipv4Address(0x0A00_0214);
        Assert.True(_network.RunUntil(() => _stack.Address == _server.Lease, 30 * SimulatedNetwork.Second));
    }

    [Fact]
    public void ServersTellOtherTimes()
    {
        _server.RenewalSeconds = 30;
        _server.RebindingSeconds = 50;
        Assert.True(_network.RunUntil(() => _server.Requests.Count == 1, 410 * SimulatedNetwork.Second));
        long renewed = _network.Now;
        Assert.True(_network.RunUntil(() => Client.State == DhcpState.Bound, SimulatedNetwork.Second));
        _server.IsSilent = true;
        Assert.True(_network.RunUntil(() => Client.State == DhcpState.Renewing, 100 * SimulatedNetwork.Second));
        Assert.InRange(_network.Now - renewed, 29 * SimulatedNetwork.Second, 31 * SimulatedNetwork.Second);
        Assert.True(_network.RunUntil(() => Client.State == DhcpState.Rebinding, 100 * SimulatedNetwork.Second));
        Assert.InRange(_network.Now - renewed, 49 * SimulatedNetwork.Second, 51 * SimulatedNetwork.Second);
    }

    [Theory]
    [InlineData(100, 0, 0, 50, 87)]
    [InlineData(100, 90, 80, 50, 80)] // The wrong way round
    [InlineData(100, 100, 100, 50, 87)] // Not before the end
    [InlineData(100, 10, 20, 10, 20)]
    [InlineData(100, 0, 20, 20, 20)]
    [InlineData(4, 0, 0, 2, 3)]
    public void TimesAreTakenOnlyInTheirOrder(uint lease, uint renewal, uint rebinding, long expectedRenewal, long expectedRebinding)
    {
        DhcpMessage message = new()
        {
            YourAddress = new Ipv4Address(0x0A00_020F),
            ServerIdentifier = new Ipv4Address(0x0A00_0202),
            LeaseSeconds = lease,
            RenewalSeconds = renewal,
            RebindingSeconds = rebinding,
        };
        Assert.True(DhcpLease.TryMake(message, 0, out DhcpLease made));
        Assert.Equal(
            (expectedRenewal, expectedRebinding, lease),
            (made.RenewAt / SimulatedNetwork.Second, made.RebindAt / SimulatedNetwork.Second, made.ExpiresAt / SimulatedNetwork.Second));
    }

    [Fact]
    public void AnInfiniteLeaseIsNeverRenewed()
    {
        SimulatedNetwork network = new();
        StackStation stack = new(network);
        DhcpServer server = new(network) { LeaseSeconds = DhcpMessage.Infinite };
        stack.Plug();
        network.Run(SimulatedNetwork.Second);
        Assert.Equal(long.MaxValue, stack.Interface.Dhcp.Deadline);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void StrangersCannotTakeTheAddressAway()
    {
        Peer stranger = new(_network, new MacAddress(0x0102_0304_0500), new Ipv4Address(0x0A00_0233));
        byte[] data = new byte[DhcpMessage.MaximumBytes];
        Random random = new(9);
        for (int round = 0; round < 1000; round++)
        {
            int length = new DhcpMessage
            {
                Operation = DhcpOperation.Reply,
                Type = (DhcpMessageType)random.Next(1, 9),
                Transaction = (uint)random.NextInt64(1L << 32),
                ClientHardware = _stack.Station,
                YourAddress = stranger.Address,
                ServerIdentifier = stranger.Address,
                LeaseSeconds = 1000,
            }.Write(data);
            stranger.SendUdp(_stack.Address, DhcpMessage.ServerPort, DhcpMessage.ClientPort, data.AsSpan(0, length));
        }

        InterfaceConfiguration before = _stack.Interface.Configuration;
        _network.Run(SimulatedNetwork.Second);
        Assert.Equal(before, _stack.Interface.Configuration);
    }

    [Fact]
    public void ALinkThatComesBackMayBeAnotherNetwork()
    {
        _stack.Interface.ChangeLink(false, _network.Now);
        _network.Run(SimulatedNetwork.Second);
        Assert.True(Client.HasLease);
        _server.Refuses = true;
        _stack.Interface.ChangeLink(true, _network.Now);
        Assert.True(_network.RunUntil(() => !Client.HasLease, 5 * SimulatedNetwork.Second));
    }

    [Fact]
    public void AnotherStationNeedsAnotherLease()
    {
        _stack.Station = new MacAddress(0x5634_1200_5454);
        _server.Destination = _stack.Station;
        _server.Lease = new Ipv4Address(0x0A00_0220);
        _stack.Interface.Detach();
        _stack.Plug();
        Assert.True(_stack.Address.IsNone);
        Assert.True(_network.RunUntil(() => _stack.Address == _server.Lease, SimulatedNetwork.Second));
    }
}
