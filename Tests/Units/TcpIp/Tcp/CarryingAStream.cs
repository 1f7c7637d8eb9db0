using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

public class CarryingAStream
{
    [Fact]
    public void AConnectionIsMadeAndEnded()
    {
        TwoHosts hosts = new();
        hosts.Transfer(hosts.Local, hosts.Remote, TwoHosts.Bytes(1000));
        hosts.Transfer(hosts.Remote, hosts.Local, TwoHosts.Bytes(1000));
        hosts.Local.Close();
        Assert.True(hosts.Link.RunUntil(() => hosts.Local.State == ConnectionState.FinWait2));
        Assert.Equal(ConnectionState.CloseWait, hosts.Remote.State);
        hosts.Remote.Close();
        Assert.True(hosts.Link.RunUntil(() => hosts.Remote.IsClosed && hosts.Local.IsClosed));
        Assert.Equal(ConnectionError.None, hosts.Local.Error);
        Assert.Equal(ConnectionError.None, hosts.Remote.Error);
        Assert.Equal(0, hosts.Client.Tcp.Connections);
        Assert.Equal(1, hosts.Client.Tcp.WaitingConnections);
        Assert.Equal(0, hosts.Server.Tcp.WaitingConnections);
        Assert.True(hosts.RanWithoutReset());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AMegabyteGoesEachWay(int seed)
    {
        TwoHosts hosts = new(seed);
        hosts.Transfer(hosts.Local, hosts.Remote, TwoHosts.Bytes(1 << 20, seed));
        hosts.Transfer(hosts.Remote, hosts.Local, TwoHosts.Bytes(1 << 20, seed));
        Assert.Equal(0ul, hosts.Client.Counters.SegmentsRepeated + hosts.Server.Counters.SegmentsRepeated);
        Assert.True(hosts.RanWithoutReset());
    }

    [Fact]
    public void OptionsAreAgreedOn()
    {
        TwoHosts hosts = new();
        ConnectionFeatures all = ConnectionFeatures.Timestamps | ConnectionFeatures.SelectiveAcknowledgement | ConnectionFeatures.WindowScale;
        Assert.Equal(all, hosts.Local.Bytes.Transport.Features);
        Assert.Equal(all, hosts.Remote.Bytes.Transport.Features);
        Assert.Equal(1460, hosts.Local.Bytes.Transport.MaximumSegmentBytes);
    }

    [Theory]
    [InlineData(0.01, 0.01, 0.01)]
    [InlineData(0.05, 0.05, 0.05)]
    [InlineData(0.2, 0.1, 0.3)]
    public void ABadLinkCostsTimeOnly(double loss, double duplication, double reordering)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            TwoHosts hosts = new(seed);
            hosts.Link.Loss = loss;
            hosts.Link.Duplication = duplication;
            hosts.Link.Reordering = reordering;
            hosts.Transfer(hosts.Local, hosts.Remote, TwoHosts.Bytes(200_000, seed));
            hosts.Local.Close();
            hosts.Remote.Close();
            Assert.True(hosts.Link.RunUntil(() => hosts.Local.IsClosed && hosts.Remote.IsClosed, 1000 * TcpLink.Second));
            Assert.True(hosts.RanWithoutReset());
        }
    }

    [Fact]
    public void NobodyListensThere()
    {
        TwoHosts hosts = new();
        TcpSocket socket = hosts.Client.Connect(hosts.Server.Address, 81);
        Assert.True(hosts.Link.RunUntil(() => socket.IsClosed));
        Assert.Equal(ConnectionError.Refused, socket.Error);
    }
}
