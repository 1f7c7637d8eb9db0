using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp;

/// <summary>A stack that has an address already, its server, and another host.</summary>
internal sealed class StackWithAddress
{
    public StackWithAddress(int seed = 1, uint leaseSeconds = 3600)
    {
        Network = new SimulatedNetwork(seed);
        Stack = new StackStation(Network, (ulong)seed);
        Server = new DhcpServer(Network) { LeaseSeconds = leaseSeconds };
        Host = new Peer(Network, new(0x0A00_0000_0002), new Ipv4Address(0x0A00_0214));
        Stack.Plug();
        Assert.True(Network.RunUntil(() => Stack.Interface.Dhcp.HasLease, SimulatedNetwork.Second));
        Network.Run(SimulatedNetwork.Second);
        Forget();
    }

    public SimulatedNetwork Network { get; }

    public StackStation Stack { get; }

    public DhcpServer Server { get; }

    public Peer Host { get; }

    public StackCounters Counters => Stack.Interface.Counters;

    /// <summary>Forgets what was seen so far.</summary>
    public void Forget()
    {
        Network.Sent.Clear();
        Stack.Transmissions.Clear();
        Host.ArpPackets.Clear();
        Server.ArpPackets.Clear();
        Server.Requests.Clear();
    }

    public void RunMilliseconds(long milliseconds) => Network.Run(milliseconds * SimulatedNetwork.Millisecond);

    public void RunSeconds(long seconds) => Network.Run(seconds * SimulatedNetwork.Second);
}
