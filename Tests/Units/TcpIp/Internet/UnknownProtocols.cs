using System.Linq;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Internet;

public class UnknownProtocols
{
    private readonly StackWithAddress _stack = new();

    [Fact]
    public void TheSenderIsTold()
    {
        // RFC 1122 §3.2.2.1.
        Send(_stack.Stack.Address, 1);
        (IcmpMessage message, byte[] quoted) = Assert.Single(_stack.Host.Messages);
        Assert.Equal((IcmpType.DestinationUnreachable, IcmpMessage.ProtocolUnreachable), (message.Type, message.Code));
        Assert.Equal(28, quoted.Length);
        Assert.Equal(1ul, _stack.Counters[DropReason.NotForUs]);
    }

    [Fact]
    public void ButNotOfWhatWentToMany()
    {
        Send(new Ipv4Address(0x0A00_02FF), 1);
        Assert.Empty(_stack.Host.Messages);
    }

    [Fact]
    public void AndNotTooOften()
    {
        Send(_stack.Stack.Address, 100);
        Assert.Equal(IcmpLayer.ErrorBurst, _stack.Host.Messages.Count);
        Assert.All(_stack.Host.Messages.Select(message => message.Message.Type), type => Assert.Equal(IcmpType.DestinationUnreachable, type));
    }

    private void Send(Ipv4Address destination, int count)
    {
        Ipv4Header header = new() { Protocol = (IpProtocol)99, Source = _stack.Host.Address, Destination = destination };
        for (int index = 0; index < count; index++)
        {
            _stack.Network.Send(
                _stack.Host, Packets.Ipv4(_stack.Host.Station, _stack.Host.Destination, header, new byte[20]));
        }

        _stack.RunMilliseconds(20);
    }
}
