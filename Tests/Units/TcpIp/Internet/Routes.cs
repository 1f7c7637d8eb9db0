using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Internet;

public class Routes
{
    private static readonly Ipv4Address s_address = new(0x0A00_020F);
    private static readonly Ipv4Address s_gateway = new(0x0A00_0202);

    [Theory]
    [InlineData(0x0A00_0203u, 0x0A00_0203u)] // on the link
    [InlineData(0x0A00_0303u, 0x0A00_0202u)] // off the link
    [InlineData(0x0808_0808u, 0x0A00_0202u)]
    [InlineData(0x0A00_020Fu, 0u)] // ourselves
    [InlineData(0x0A00_0200u, 0u)] // the network
    [InlineData(0x7F00_0001u, 0u)]
    [InlineData(0xE000_0001u, 0u)]
    [InlineData(0u, 0u)]
    public void LeadToTheDestinationOrTheGateway(uint destination, uint expected)
    {
        RoutingTable routing = new();
        Assert.True(routing.TryConfigure(s_address, 0xFFFF_FF00, s_gateway));
        Assert.Equal(expected != 0, routing.TryGetNextHop(new Ipv4Address(destination), out Ipv4Address nextHop));
        if (expected != 0)
        {
            Assert.Equal(expected, nextHop.Value);
        }
    }

    [Fact]
    public void LeadNowhereWithoutGatewayOrAddress()
    {
        RoutingTable routing = new();
        Assert.False(routing.TryGetNextHop(s_gateway, out _));
        Assert.True(routing.TryConfigure(s_address, 0xFFFF_FF00, Ipv4Address.None));
        Assert.False(routing.TryGetNextHop(new Ipv4Address(0x0808_0808), out _));
        Assert.True(routing.TryGetNextHop(s_gateway, out _));
        routing.Clear();
        Assert.False(routing.TryGetNextHop(s_gateway, out _));
        Assert.False(routing.IsNeighbor(s_gateway));
    }

    [Theory]
    [InlineData(0xFFFF_FF00u, true)]
    [InlineData(0xFFFF_FFFEu, true)]
    [InlineData(0xFFFF_FFFFu, true)]
    [InlineData(0x8000_0000u, true)]
    [InlineData(0u, false)]
    [InlineData(0xFFFF_00FFu, false)]
    [InlineData(0x0000_00FFu, false)]
    [InlineData(0x7FFF_FFFFu, false)]
    public void MasksHaveNoHoles(uint mask, bool isPossible) => Assert.Equal(isPossible, RoutingTable.IsPossibleMask(mask));

    [Fact]
    public void TwoHostsNeedNoBroadcast()
    {
        // RFC 3021.
        RoutingTable routing = new();
        Assert.True(routing.TryConfigure(new Ipv4Address(0x0A00_0200), 0xFFFF_FFFE, new Ipv4Address(0x0A00_0201)));
        Assert.True(routing.IsNeighbor(new Ipv4Address(0x0A00_0201)));
        Assert.False(routing.IsBroadcast(new Ipv4Address(0x0A00_0201)));
    }
}
