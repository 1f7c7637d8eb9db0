using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>UDP (RFC 768, RFC 1122 §4.1).</summary>
internal sealed class UdpLayer(Ipv4Layer internet, IcmpLayer icmp, RoutingTable routing, StackCounters counters) : IIpv4Receiver
{
    // A datagram that is longer than a frame, put together before it is split. As long as the longest that was sent.
    private byte[] _long = [];

    /// <summary>Who listens where.</summary>
    public PortTable Ports { get; } = new();

    /// <inheritdoc/>
    public void Receive(in Ipv4Datagram datagram, long nowNanoseconds)
    {
        if (!UdpHeader.TryParse(datagram.Payload, out UdpHeader header, out ReadOnlySpan<byte> segment)
            || header.DestinationPort == 0)
        {
            counters.Drop(DropReason.UdpMalformed);
            return;
        }

        if (!UdpHeader.HasValidChecksum(segment, datagram.Source, datagram.Destination))
        {
            counters.Drop(DropReason.UdpChecksum);
            return;
        }

        IUdpReceiver? receiver = Ports.Find(header.DestinationPort);

        // Without an address there is only one thing to hear: which address we may have.
        if (receiver is null || (!routing.IsConfigured && header.DestinationPort != DhcpMessage.ClientPort))
        {
            counters.Drop(DropReason.NoListener);
            icmp.SendPortUnreachable(datagram, nowNanoseconds);
            return;
        }

        counters.DatagramsReceived++;
        UdpDatagram received = new()
        {
            Source = datagram.Source,
            SourcePort = header.SourcePort,
            DestinationPort = header.DestinationPort,
            IsBroadcast = datagram.IsBroadcast,
            Data = segment[UdpHeader.SizeBytes..],
        };
        receiver.Receive(received, nowNanoseconds);
    }

    /// <summary>Sends a datagram, in fragments if it must be. False if there is no way, or no room.</summary>
    public bool TrySend(in UdpFlow flow, ReadOnlySpan<byte> data, long nowNanoseconds)
    {
        Ipv4Flow carrier = new(flow.Source, flow.Destination, IpProtocol.Udp);
        int datagramBytes = UdpHeader.SizeBytes + data.Length;
        if (datagramBytes > internet.WholePayloadBytes)
        {
            return TrySendLong(flow, carrier, data, datagramBytes, nowNanoseconds);
        }

        if (!internet.TryReserve(carrier, datagramBytes, nowNanoseconds, out Span<byte> datagram))
        {
            return false;
        }

        Write(flow, data, datagram);
        return true;
    }

    private static void Write(in UdpFlow flow, ReadOnlySpan<byte> data, Span<byte> datagram)
    {
        data.CopyTo(datagram[UdpHeader.SizeBytes..]);
        new UdpHeader(flow.SourcePort, flow.DestinationPort, (ushort)datagram.Length)
            .Write(datagram, flow.Source, flow.Destination);
    }

    private bool TrySendLong(in UdpFlow flow, in Ipv4Flow carrier, ReadOnlySpan<byte> data, int datagramBytes, long nowNanoseconds)
    {
        if (datagramBytes > ushort.MaxValue - Ipv4Header.SizeBytes)
        {
            counters.Drop(DropReason.DatagramTooLarge);
            return false;
        }

        // The checksum is in the first fragment and covers all of them.
        _long = _long.Length < datagramBytes ? new byte[datagramBytes] : _long;
        Span<byte> datagram = _long.AsSpan(0, datagramBytes);
        Write(flow, data, datagram);
        return internet.TrySend(carrier, datagram, nowNanoseconds);
    }
}
