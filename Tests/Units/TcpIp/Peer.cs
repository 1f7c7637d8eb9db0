using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp;

/// <summary>Another host: answers ARP and ping, remembers the datagrams that it gets, and checks every checksum of them.</summary>
internal class Peer : INetworkStation
{
    private readonly SimulatedNetwork _network;
    private readonly Reassembler _reassembler = new(new StackCounters());

    public Peer(SimulatedNetwork network, MacAddress station, Ipv4Address address)
    {
        _network = network;
        Station = station;
        Address = address;
        network.Attach(this);
    }

    public MacAddress Station { get; set; }

    public Ipv4Address Address { get; }

    /// <summary>Where frames for the stack go.</summary>
    public MacAddress Destination { get; set; } = new(0x5634_1200_5452);

    public bool AnswersArp { get; set; } = true;

    public List<(UdpHeader Header, Ipv4Address Source, byte[] Data)> Datagrams { get; } = [];

    public List<(IcmpMessage Message, byte[] Data)> Messages { get; } = [];

    public List<ArpPacket> ArpPackets { get; } = [];

    /// <summary>How many fragments of datagrams have come.</summary>
    public int Fragments { get; private set; }

    protected SimulatedNetwork Network => _network;

    public void Receive(byte[] batch, long nowNanoseconds)
    {
        ReadOnlySpan<byte> rest = batch;
        while (PacketBatch.TryRead(ref rest, out ReadOnlySpan<byte> frame))
        {
            Assert.True(frame.Length >= EthernetHeader.MinimumFrameBytes);
            Assert.True(EthernetHeader.TryParse(frame, out EthernetHeader header));
            if (header.Destination != Station && header.Destination != MacAddress.Broadcast)
            {
                continue;
            }

            ReadOnlySpan<byte> payload = frame[EthernetHeader.SizeBytes..];
            if (header.Type == EtherType.Arp)
            {
                TakeArp(payload);
            }
            else
            {
                TakeIpv4(payload, nowNanoseconds);
            }
        }
    }

    public virtual void OnTimer(long nowNanoseconds)
    {
    }

    public void SendUdp(Ipv4Address destination, ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> data)
        => _network.Send(this, Packets.Udp(Station, Destination, Address, destination, sourcePort, destinationPort, data));

    /// <summary>Sends a datagram that no frame holds.</summary>
    public void SendUdpInFragments(Ipv4Address destination, ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> data)
    {
        const int FragmentBytes = 1480;
        byte[] datagram = new byte[UdpHeader.SizeBytes + data.Length];
        data.CopyTo(datagram.AsSpan(UdpHeader.SizeBytes));
        new UdpHeader(sourcePort, destinationPort, (ushort)datagram.Length).Write(datagram, Address, destination);
        for (int start = 0; start < datagram.Length; start += FragmentBytes)
        {
            int length = Math.Min(FragmentBytes, datagram.Length - start);
            Ipv4Header header = new()
            {
                Identification = (ushort)data.Length,
                MoreFragments = start + length < datagram.Length,
                FragmentOffsetUnits = (ushort)(start / sizeof(ulong)),
                Protocol = IpProtocol.Udp,
                Source = Address,
                Destination = destination,
            };
            _network.Send(this, Packets.Ipv4(Station, Destination, header, datagram.AsSpan(start, length)));
        }
    }

    public void SendPing(Ipv4Address destination, ushort sequence, ReadOnlySpan<byte> data)
        => _network.Send(this, Packets.Echo(Station, Destination, Address, destination, IcmpType.Echo, sequence, data));

    public void SendArp(ArpPacket packet, MacAddress destination)
        => _network.Send(this, Packets.Arp(Station, destination, packet));

    protected virtual void TakeDatagram(in UdpHeader header, Ipv4Address source, ReadOnlySpan<byte> data, long nowNanoseconds)
    {
        if (header.DestinationPort is not (DhcpMessage.ServerPort or DhcpMessage.ClientPort))
        {
            Datagrams.Add((header, source, data.ToArray()));
        }
    }

    private void TakeArp(ReadOnlySpan<byte> payload)
    {
        Assert.True(ArpPacket.TryParse(payload, out ArpPacket packet));
        ArpPackets.Add(packet);
        if (AnswersArp && packet.Operation == ArpOperation.Request && packet.TargetProtocol == Address)
        {
            SendArp(
                new ArpPacket(ArpOperation.Reply, Station, Address, packet.SenderHardware, packet.SenderProtocol),
                packet.SenderHardware);
        }
    }

    private void TakeIpv4(ReadOnlySpan<byte> payload, long nowNanoseconds)
    {
        Assert.Equal(Ipv4ParseResult.Ok, Ipv4Header.TryParse(payload, out Ipv4Header header, out ReadOnlySpan<byte> data));
        if (header.Destination != Address && header.Destination != Ipv4Address.LimitedBroadcast)
        {
            return;
        }

        if (header.IsFragment)
        {
            Fragments++;
            if (!_reassembler.TryComplete(header, data, nowNanoseconds, out Ipv4Header whole, out ReadOnlySpan<byte> packet))
            {
                return;
            }

            header = whole;
            data = packet[Ipv4Header.SizeBytes..];
        }

        if (header.Protocol == IpProtocol.Udp)
        {
            Assert.True(UdpHeader.TryParse(data, out UdpHeader udp, out ReadOnlySpan<byte> datagram));
            Assert.True(UdpHeader.HasValidChecksum(datagram, header.Source, header.Destination));
            TakeDatagram(udp, header.Source, datagram[UdpHeader.SizeBytes..], nowNanoseconds);
        }
        else
        {
            Assert.True(IcmpMessage.TryParse(data, out IcmpMessage message, out ReadOnlySpan<byte> rest));
            Assert.True(IcmpMessage.HasValidChecksum(data));
            Messages.Add((message, rest.ToArray()));
            if (message.Type == IcmpType.Echo)
            {
                byte[] reply = Packets.Icmp(
                    Station, Destination, Address, header.Source, message with { Type = IcmpType.EchoReply }, rest);
                _network.Send(this, reply);
            }
        }
    }
}
