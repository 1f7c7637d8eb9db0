using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Wire;

/// <summary>Sizes, offsets and numbers as the documents give them.</summary>
public class Layouts
{
    [Fact]
    public void EthernetMatchesRfc894()
    {
        Assert.Equal(14, EthernetHeader.SizeBytes);
        Assert.Equal((0, 6, 12), (EthernetHeader.DestinationOffset, EthernetHeader.SourceOffset, EthernetHeader.TypeOffset));
        Assert.Equal(60, EthernetHeader.MinimumFrameBytes);
        Assert.Equal(0x0800, (int)EtherType.Ipv4);
        Assert.Equal(0x0806, (int)EtherType.Arp);
    }

    [Fact]
    public void ArpMatchesRfc826()
    {
        // 16 bit hrd, 16 bit pro, 8 bit hln, 8 bit pln, 16 bit op, then sha, spa, tha, tpa.
        Assert.Equal(28, ArpPacket.SizeBytes);
        Assert.Equal((0, 2, 4, 5, 6), (
            ArpPacket.HardwareSpaceOffset,
            ArpPacket.ProtocolSpaceOffset,
            ArpPacket.HardwareLengthOffset,
            ArpPacket.ProtocolLengthOffset,
            ArpPacket.OperationOffset));
        Assert.Equal((8, 14, 18, 24), (
            ArpPacket.SenderHardwareOffset,
            ArpPacket.SenderProtocolOffset,
            ArpPacket.TargetHardwareOffset,
            ArpPacket.TargetProtocolOffset));
        Assert.Equal((1, 2), ((int)ArpOperation.Request, (int)ArpOperation.Reply));
        Assert.Equal(1, ArpPacket.HardwareEthernet);
    }

    [Fact]
    public void Ipv4MatchesRfc791()
    {
        Assert.Equal(20, Ipv4Header.SizeBytes);
        Assert.Equal((0, 1, 2, 4, 6), (
            Ipv4Header.VersionOffset,
            Ipv4Header.TypeOfServiceOffset,
            Ipv4Header.TotalLengthOffset,
            Ipv4Header.IdentificationOffset,
            Ipv4Header.FragmentOffset));
        Assert.Equal((8, 9, 10, 12, 16), (
            Ipv4Header.TimeToLiveOffset,
            Ipv4Header.ProtocolOffset,
            Ipv4Header.ChecksumOffset,
            Ipv4Header.SourceOffset,
            Ipv4Header.DestinationOffset));
        Assert.Equal((1, 6, 17), ((int)IpProtocol.Icmp, (int)IpProtocol.Tcp, (int)IpProtocol.Udp));
        Assert.Equal(576, Ipv4Header.MinimumReassemblyBytes);
        Assert.Equal(68, LinkLayer.MinimumPayloadBytes);
    }

    [Fact]
    public void IcmpMatchesRfc792()
    {
        Assert.Equal(8, IcmpMessage.SizeBytes);
        Assert.Equal((0, 1, 2, 4), (
            IcmpMessage.TypeOffset, IcmpMessage.CodeOffset, IcmpMessage.ChecksumOffset, IcmpMessage.ParameterOffset));
        Assert.Equal((0, 3, 8), ((int)IcmpType.EchoReply, (int)IcmpType.DestinationUnreachable, (int)IcmpType.Echo));
        Assert.Equal(3, IcmpMessage.PortUnreachable);
    }

    [Fact]
    public void UdpMatchesRfc768()
    {
        Assert.Equal(8, UdpHeader.SizeBytes);
        Assert.Equal((0, 2, 4, 6), (
            UdpHeader.SourcePortOffset, UdpHeader.DestinationPortOffset, UdpHeader.LengthOffset, UdpHeader.ChecksumOffset));
        Assert.Equal(7, EchoService.Port);
    }

    [Fact]
    public void DhcpMatchesRfc2131()
    {
        Assert.Equal((0, 1, 2, 4, 8, 10), (
            DhcpMessage.OperationOffset,
            DhcpMessage.HardwareTypeOffset,
            DhcpMessage.HardwareLengthOffset,
            DhcpMessage.TransactionOffset,
            DhcpMessage.SecondsOffset,
            DhcpMessage.FlagsOffset));
        Assert.Equal((12, 16, 28, 44, 108), (
            DhcpMessage.ClientAddressOffset,
            DhcpMessage.YourAddressOffset,
            DhcpMessage.ClientHardwareOffset,
            DhcpMessage.ServerNameOffset,
            DhcpMessage.FileOffset));
        Assert.Equal((236, 236, 240), (DhcpMessage.FixedBytes, DhcpMessage.CookieOffset, DhcpMessage.OptionsOffset));
        Assert.Equal(((uint)99 << 24) | (130 << 16) | (83 << 8) | 99, DhcpMessage.Cookie);
        Assert.Equal((67, 68), (DhcpMessage.ServerPort, DhcpMessage.ClientPort));

        // RFC 2131 §2: a client takes options of at least 312 octets, cookie included.
        Assert.Equal(236 + 312, DhcpMessage.MaximumBytes);
    }

    [Fact]
    public void DhcpOptionsMatchRfc2132()
    {
        Assert.Equal((0, 1, 3, 6, 50, 51, 52), (
            (int)DhcpOption.Pad,
            (int)DhcpOption.SubnetMask,
            (int)DhcpOption.Router,
            (int)DhcpOption.DomainNameServer,
            (int)DhcpOption.RequestedAddress,
            (int)DhcpOption.LeaseTime,
            (int)DhcpOption.Overload));
        Assert.Equal((53, 54, 55, 57, 58, 59), (
            (int)DhcpOption.MessageType,
            (int)DhcpOption.ServerIdentifier,
            (int)DhcpOption.ParameterRequestList,
            (int)DhcpOption.MaximumMessageSize,
            (int)DhcpOption.RenewalTime,
            (int)DhcpOption.RebindingTime));
        Assert.Equal((61, 255), ((int)DhcpOption.ClientIdentifier, (int)DhcpOption.End));
        Assert.Equal((1, 2, 3, 4, 5, 6, 7, 8), (
            (int)DhcpMessageType.Discover,
            (int)DhcpMessageType.Offer,
            (int)DhcpMessageType.Request,
            (int)DhcpMessageType.Decline,
            (int)DhcpMessageType.Acknowledge,
            (int)DhcpMessageType.Refuse,
            (int)DhcpMessageType.Release,
            (int)DhcpMessageType.Inform));
    }
}
