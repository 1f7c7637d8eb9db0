using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Tests.Units.TcpIp;

/// <summary>Makes whole frames.</summary>
internal static class Packets
{
    public static byte[] Ethernet(MacAddress source, MacAddress destination, EtherType type, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[Math.Max(EthernetHeader.SizeBytes + payload.Length, EthernetHeader.MinimumFrameBytes)];
        new EthernetHeader(destination, source, type).Write(frame);
        payload.CopyTo(frame.AsSpan(EthernetHeader.SizeBytes));
        return frame;
    }

    public static byte[] Arp(MacAddress source, MacAddress destination, ArpPacket packet)
    {
        byte[] data = new byte[ArpPacket.SizeBytes];
        packet.Write(data);
        return Ethernet(source, destination, EtherType.Arp, data);
    }

    public static byte[] Ipv4(MacAddress source, MacAddress destination, in Ipv4Header header, ReadOnlySpan<byte> payload)
    {
        byte[] packet = new byte[Ipv4Header.SizeBytes + payload.Length];
        (header with { TotalLength = (ushort)packet.Length }).Write(packet);
        payload.CopyTo(packet.AsSpan(Ipv4Header.SizeBytes));
        return Ethernet(source, destination, EtherType.Ipv4, packet);
    }

    public static byte[] Udp(
        MacAddress sourceStation,
        MacAddress destinationStation,
        Ipv4Address source,
        Ipv4Address destination,
        ushort sourcePort,
        ushort destinationPort,
        ReadOnlySpan<byte> data)
    {
        byte[] datagram = new byte[UdpHeader.SizeBytes + data.Length];
        data.CopyTo(datagram.AsSpan(UdpHeader.SizeBytes));
        new UdpHeader(sourcePort, destinationPort, (ushort)datagram.Length).Write(datagram, source, destination);
        Ipv4Header header = new() { Protocol = IpProtocol.Udp, Source = source, Destination = destination };
        return Ipv4(sourceStation, destinationStation, header, datagram);
    }

    public static byte[] Echo(
        MacAddress sourceStation,
        MacAddress destinationStation,
        Ipv4Address source,
        Ipv4Address destination,
        IcmpType type,
        ushort sequence,
        ReadOnlySpan<byte> data)
        => Icmp(
            sourceStation,
            destinationStation,
            source,
            destination,
            new IcmpMessage(type, 0, IcmpMessage.EchoParameter(0x77, sequence)),
            data);

    public static byte[] Icmp(
        MacAddress sourceStation,
        MacAddress destinationStation,
        Ipv4Address source,
        Ipv4Address destination,
        IcmpMessage message,
        ReadOnlySpan<byte> data)
    {
        byte[] packet = new byte[IcmpMessage.SizeBytes + data.Length];
        data.CopyTo(packet.AsSpan(IcmpMessage.SizeBytes));
        message.Write(packet);
        Ipv4Header header = new() { Protocol = IpProtocol.Icmp, Source = source, Destination = destination };
        return Ipv4(sourceStation, destinationStation, header, packet);
    }
}
