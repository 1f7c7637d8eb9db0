using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Tests.Units.TcpIp;

/// <summary>A DHCP server that does what a test wants of it.</summary>
internal sealed class DhcpServer(SimulatedNetwork network)
    : Peer(network, new MacAddress(0x0202_000A_5552), new Ipv4Address(0x0A00_0202))
{
    public Ipv4Address Lease { get; set; } = new(0x0A00_020F);

    public uint LeaseSeconds { get; set; } = 3600;

    public uint RenewalSeconds { get; set; }

    public uint RebindingSeconds { get; set; }

    public bool IsSilent { get; set; }

    public bool Refuses { get; set; }

    /// <summary>Changes an answer before it is sent.</summary>
    public Func<DhcpMessage, DhcpMessage>? Change { get; set; }

    public List<(DhcpMessage Message, Ipv4Address Source, long Time)> Requests { get; } = [];

    public int Count(DhcpMessageType type) => Requests.FindAll(request => request.Message.Type == type).Count;

    protected override void TakeDatagram(in UdpHeader header, Ipv4Address source, ReadOnlySpan<byte> data, long nowNanoseconds)
    {
        if (header.DestinationPort != DhcpMessage.ServerPort)
        {
            base.TakeDatagram(header, source, data, nowNanoseconds);
            return;
        }

        if (!DhcpMessage.TryParse(data, out DhcpMessage message) || message.Operation != DhcpOperation.Request)
        {
            // Not from our client: an echo that somebody aimed at this port.
            return;
        }

        Requests.Add((message, source, nowNanoseconds));
        DhcpMessageType? answer = message.Type switch
        {
            _ when IsSilent => null,
            DhcpMessageType.Discover => DhcpMessageType.Offer,
            DhcpMessageType.Request when Refuses => DhcpMessageType.Refuse,
            DhcpMessageType.Request => DhcpMessageType.Acknowledge,
            _ => null,
        };
        if (answer is { } type)
        {
            Answer(message, type);
        }
    }

    private void Answer(in DhcpMessage request, DhcpMessageType type)
    {
        DhcpMessage answer = new()
        {
            Operation = DhcpOperation.Reply,
            Type = type,
            Transaction = request.Transaction,
            ClientHardware = request.ClientHardware,
            ServerIdentifier = Address,
        };
        if (type != DhcpMessageType.Refuse)
        {
            answer = answer with
            {
                YourAddress = request.ClientAddress.IsNone ? Lease : request.ClientAddress,
                SubnetMask = 0xFFFF_FF00,
                Router = Address,
                NameServer = new Ipv4Address(0x0A00_0203),
                LeaseSeconds = LeaseSeconds,
                RenewalSeconds = RenewalSeconds,
                RebindingSeconds = RebindingSeconds,
            };
        }

        byte[] data = new byte[DhcpMessage.MaximumBytes];
        int length = (Change?.Invoke(answer) ?? answer).Write(data);
        Network.Send(this, Packets.Udp(
            Station,
            MacAddress.Broadcast,
            Address,
            Ipv4Address.LimitedBroadcast,
            DhcpMessage.ServerPort,
            DhcpMessage.ClientPort,
            data.AsSpan(0, length)));
    }
}
