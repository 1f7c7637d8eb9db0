using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Dhcp;

public class GettingAnAddress
{
    private readonly SimulatedNetwork _network = new();
    private readonly StackStation _stack;
    private readonly DhcpServer _server;

    public GettingAnAddress()
    {
        _stack = new StackStation(_network);
        _server = new DhcpServer(_network);
    }

    private DhcpClient Client => _stack.Interface.Dhcp;

    [Fact]
    public void FourMessagesGiveAnAddressAtOnce()
    {
        _stack.Plug();
        _network.Run(20 * SimulatedNetwork.Millisecond);
        Assert.Equal(
            new InterfaceConfiguration(0x0A00_020F, 0xFFFF_FF00, 0x0A00_0202, 0x0A00_0203, 3600, true),
            _stack.Interface.Configuration);
        Assert.Equal(
            [DhcpMessageType.Discover, DhcpMessageType.Request],
            _server.Requests.Select(request => request.Message.Type));
        DhcpMessage request = _server.Requests[1].Message;
        Assert.Equal((_server.Lease, _server.Address), (request.RequestedAddress, request.ServerIdentifier));
        Assert.True(request.ClientAddress.IsNone);
        Assert.All(_server.Requests, sent => Assert.True(sent.Source.IsNone));
        Assert.Equal(DhcpState.Bound, Client.State);

        // RFC 5227 §2.3: the new address is announced.
        ArpPacket announcement = Assert.Single(_server.ArpPackets);
        Assert.Equal((_stack.Address, _stack.Address), (announcement.SenderProtocol, announcement.TargetProtocol));
    }

    [Fact]
    public void NothingIsSentWhileTheLinkIsDown()
    {
        _stack.Plug(isLinkUp: false);
        _network.Run(30 * SimulatedNetwork.Second);
        Assert.Empty(_network.Sent);
        _stack.Interface.ChangeLink(true, _network.Now);
        Assert.True(_network.RunUntil(() => Client.HasLease, SimulatedNetwork.Second));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AQuestionLostWithItsDriverIsRepeatedWhenThereIsAnother(bool isFirst)
    {
        _network.Loss = isFirst ? 1 : 0;
        _stack.Plug();
        DhcpState asking = isFirst ? DhcpState.Selecting : DhcpState.Requesting;
        Assert.True(_network.RunUntil(() => Client.State == asking, SimulatedNetwork.Second));
        _network.Loss = 1;
        _network.Run(200 * SimulatedNetwork.Millisecond);
        Assert.Equal(asking, Client.State);
        _network.Loss = 0;

        // The kernel tells of the link once more when it has another driver.
        _stack.Interface.ChangeLink(true, _network.Now);
        Assert.True(_network.RunUntil(() => Client.HasLease, 20 * SimulatedNetwork.Millisecond));
    }

    [Fact]
    public void QuestionsAreRepeatedMoreAndMoreSlowly()
    {
        _server.IsSilent = true;
        _stack.Plug();
        _network.Run(400 * SimulatedNetwork.Second);
        long[] times = [.. _server.Requests.Select(request => request.Time)];
        long[] expectedSeconds = [4, 8, 16, 32, 64, 64, 64];
        for (int index = 0; index < expectedSeconds.Length; index++)
        {
            long gap = times[index + 1] - times[index];
            Assert.InRange(gap, (expectedSeconds[index] - 1) * SimulatedNetwork.Second, ((expectedSeconds[index] + 1) * SimulatedNetwork.Second) + (20 * SimulatedNetwork.Millisecond));
            Assert.NotEqual(0, gap % SimulatedNetwork.Second);
        }

        Assert.All(_server.Requests, request => Assert.Equal(DhcpMessageType.Discover, request.Message.Type));
        Assert.Single(_server.Requests.Select(request => request.Message.Transaction).Distinct());
        Assert.True(_server.Requests[^1].Message.Seconds > 100);
    }

    [Fact]
    public void AServerThatVanishesAfterItsOfferIsGivenUp()
    {
        _server.Change = answer => answer.Type == DhcpMessageType.Acknowledge ? answer with { Transaction = 1 } : answer;
        _stack.Plug();
        _network.Run(90 * SimulatedNetwork.Second);
        Assert.False(Client.HasLease);
        Assert.True(_server.Count(DhcpMessageType.Discover) >= 2);
        Assert.Equal(DhcpClient.MaximumRequests, _server.Requests.Skip(1).TakeWhile(request => request.Message.Type == DhcpMessageType.Request).Count());
        _server.Change = null;
        Assert.True(_network.RunUntil(() => Client.HasLease, 100 * SimulatedNetwork.Second));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void AnAddressIsFoundOverALossyLink(double loss)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            SimulatedNetwork network = new(seed) { Loss = loss, Duplication = 0.2, Reordering = 0.3 };
            StackStation stack = new(network, (ulong)seed);
            _ = new DhcpServer(network);
            stack.Plug();
            Assert.True(network.RunUntil(() => stack.Interface.Dhcp.HasLease, 3600 * SimulatedNetwork.Second), $"seed {seed}");
            Assert.Equal(new Ipv4Address(0x0A00_020F), stack.Address);
        }
    }

    [Fact]
    public void ARefusalStartsOverWithoutHaste()
    {
        _server.Refuses = true;
        _stack.Plug();
        _network.Run(60 * SimulatedNetwork.Second);
        Assert.False(Client.HasLease);
        Assert.InRange(_server.Count(DhcpMessageType.Discover), 3, 8);
        _server.Refuses = false;
        Assert.True(_network.RunUntil(() => Client.HasLease, 100 * SimulatedNetwork.Second));
    }

    public static TheoryData<string> Nonsense =>
        ["transaction", "station", "direction", "no server", "no time", "short time", "mask", "network address", "broadcast address", "loopback", "multicast"];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void AnswersThatMakeNoSenseAreIgnored(string what)
    {
        _server.Change = answer => what switch
        {
            "transaction" => answer with { Transaction = answer.Transaction + 1 },
            "station" => answer with { ClientHardware = new MacAddress(answer.ClientHardware.Bits + 0x100) },
            "direction" => answer with { Operation = DhcpOperation.Request },
            "no server" => answer with { ServerIdentifier = Ipv4Address.None },
            "no time" => answer with { LeaseSeconds = 0 },
            "short time" => answer with { LeaseSeconds = DhcpLease.MinimumSeconds - 1 },
            "mask" => answer with { SubnetMask = 0xFF00_FF00 },
            "network address" => answer with { YourAddress = new Ipv4Address(0x0A00_0200) },
            "broadcast address" => answer with { YourAddress = new Ipv4Address(0x0A00_02FF) },
            "loopback" => answer with { YourAddress = new Ipv4Address(0x7F00_0001) },
            _ => answer with { YourAddress = new Ipv4Address(0xE000_0001) },
        };
        _stack.Plug();
        _network.Run(100 * SimulatedNetwork.Second);
        Assert.Equal(default, _stack.Interface.Configuration);
        _server.Change = null;
        Assert.True(_network.RunUntil(() => Client.HasLease, 100 * SimulatedNetwork.Second));
    }

    [Fact]
    public void AGatewayThatIsNotOnTheLinkIsLeftOut()
    {
        _server.Change = answer => answer with { Router = new Ipv4Address(0xC0A8_0001) };
        _stack.Plug();
        _network.Run(SimulatedNetwork.Second);
        Assert.Equal(0u, _stack.Interface.Configuration.Gateway);
        Assert.Equal(0x0A00_020Fu, _stack.Interface.Configuration.Address);
    }

    [Fact]
    public void AMissingMaskIsThatOfTheClass()
    {
        _server.Change = answer => answer with { SubnetMask = 0 };
        _stack.Plug();
        _network.Run(SimulatedNetwork.Second);
        Assert.Equal(0xFF00_0000u, _stack.Interface.Configuration.SubnetMask);
    }

    [Fact]
    public void AnAddressThatSomebodyUsesIsDeclined()
    {
        Peer squatter = new(_network, new MacAddress(0x0102_0304_0500), _server.Lease);
        _stack.Plug();
        Assert.True(_network.RunUntil(() => _server.Count(DhcpMessageType.Decline) == 1, SimulatedNetwork.Second));
        DhcpMessage decline = _server.Requests[^1].Message;
        Assert.Equal((_server.Lease, _server.Address), (decline.RequestedAddress, decline.ServerIdentifier));
        Assert.Equal(0u, _stack.Interface.Configuration.Address);

        // RFC 2131 §3.1 step 5: ten seconds before the next try.
        int before = _server.Requests.Count;
        _network.Run(9 * SimulatedNetwork.Second);
        Assert.Equal(before, _server.Requests.Count);
        _server.Lease = new Ipv4Address(0x0A00_0210);
        Assert.True(_network.RunUntil(() => _stack.Address == _server.Lease, 10 * SimulatedNetwork.Second));
        Assert.NotEqual(squatter.Address, _stack.Address);
    }
}
