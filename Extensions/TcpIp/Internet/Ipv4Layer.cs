using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// IPv4 (RFC 791, RFC 1122 §3): checks what comes, hands it to the protocol above, and makes room for what goes.
/// Only what <see cref="TrySend"/> takes is split: TCP knows the size of its path.
/// </summary>
internal sealed class Ipv4Layer(
    LinkLayer link,
    RoutingTable routing,
    AddressResolver resolver,
    PendingFrames pending,
    StackCounters counters,
    RandomSequence random)
{
    private const int FragmentUnitBytes = 8;

    private ushort _identification = (ushort)random.Next();

    private readonly Reassembler _reassembler = new(counters);

    /// <summary>Takes ICMP messages, and answers datagrams that nobody here takes.</summary>
    public IcmpLayer? Icmp { get; set; }

    /// <summary>Takes UDP datagrams.</summary>
    public IIpv4Receiver? Udp { get; set; }

    /// <summary>Takes TCP segments.</summary>
    public IIpv4Receiver? Tcp { get; set; }

    /// <summary>The largest payload that need not be split.</summary>
    public int WholePayloadBytes => link.PayloadBytes - Ipv4Header.SizeBytes;

    /// <summary>Takes the payload of a frame.</summary>
    public void Receive(ReadOnlySpan<byte> packet, bool isBroadcastFrame, long nowNanoseconds)
    {
        Ipv4ParseResult parsed = Ipv4Header.TryParse(packet, out Ipv4Header header, out ReadOnlySpan<byte> payload);
        if (parsed != Ipv4ParseResult.Ok)
        {
            counters.Drop(ReasonOf(parsed));
            return;
        }

        // RFC 1122 §3.2.1.3: a source must be one host. One that is ourselves would make us answer ourselves.
        if (!header.Source.IsHost || header.Source == routing.Address || routing.IsBroadcast(header.Source))
        {
            counters.Drop(DropReason.Ipv4BadSource);
            return;
        }

        bool isBroadcast = routing.IsBroadcast(header.Destination);
        if (!isBroadcast && !IsOurs(header))
        {
            counters.Drop(DropReason.NotForUs);
            return;
        }

        // RFC 1122 §3.3.6. Without an address of our own, a DHCP server may address us in any way.
        if (isBroadcastFrame && !isBroadcast && routing.IsConfigured)
        {
            counters.Drop(DropReason.Ipv4BroadcastToHost);
            return;
        }

        packet = packet[..header.TotalLength];
        if (header.IsFragment)
        {
            if (!_reassembler.TryComplete(header, payload, nowNanoseconds, out Ipv4Header whole, out packet))
            {
                return;
            }

            header = whole;
            payload = packet[Ipv4Header.SizeBytes..];
        }

        Deliver(header, packet, payload, isBroadcast || isBroadcastFrame, nowNanoseconds);
    }

    /// <summary>
    /// Makes room for a datagram and writes its headers. The caller fills the whole payload before it does anything else.
    /// False if there is no way, or no room.
    /// </summary>
    public bool TryReserve(in Ipv4Flow flow, int payloadBytes, long nowNanoseconds, out Span<byte> payload)
    {
        Ipv4Header header = new()
        {
            Identification = _identification++,
            DontFragment = true,
            Protocol = flow.Protocol,
            Source = flow.Source,
            Destination = flow.Destination,
        };
        return TryReserve(header, payloadBytes, nowNanoseconds, out payload);
    }

    /// <summary>
    /// Sends a payload that the link need not carry at once: in fragments then (RFC 791 §2.3). False if there is no way, or no room
    /// for all of them; the receiver forgets those that have left.
    /// </summary>
    public bool TrySend(in Ipv4Flow flow, ReadOnlySpan<byte> payload, long nowNanoseconds)
    {
        int fragmentBytes = WholePayloadBytes / FragmentUnitBytes * FragmentUnitBytes;
        ushort identification = _identification++;
        for (int start = 0; start < payload.Length; start += fragmentBytes)
        {
            ReadOnlySpan<byte> rest = payload[start..];
            ReadOnlySpan<byte> fragment = rest[..Math.Min(rest.Length, fragmentBytes)];
            Ipv4Header header = new()
            {
                Identification = identification,
                MoreFragments = fragment.Length < rest.Length,
                FragmentOffsetUnits = (ushort)(start / FragmentUnitBytes),
                Protocol = flow.Protocol,
                Source = flow.Source,
                Destination = flow.Destination,
            };
            if (!TryReserve(header, fragment.Length, nowNanoseconds, out Span<byte> space))
            {
                return false;
            }

            fragment.CopyTo(space);
        }

        return true;
    }

    private static DropReason ReasonOf(Ipv4ParseResult result) => result switch
    {
        Ipv4ParseResult.BadChecksum => DropReason.Ipv4Checksum,
        Ipv4ParseResult.SourceRouted => DropReason.SourceRouted,
        _ => DropReason.Ipv4Malformed,
    };

    private bool IsOurs(in Ipv4Header header)
        => routing.IsConfigured
            ? header.Destination == routing.Address
            : header.Destination.IsHost && header.Protocol == IpProtocol.Udp;

    private void Deliver(
        in Ipv4Header header, ReadOnlySpan<byte> packet, ReadOnlySpan<byte> payload, bool isBroadcast, long nowNanoseconds)
    {
        IIpv4Receiver? receiver = header.Protocol switch
        {
            IpProtocol.Icmp => Icmp,
            IpProtocol.Tcp => Tcp,
            IpProtocol.Udp => Udp,
            _ => null,
        };
        Ipv4Datagram datagram = new()
        {
            Source = header.Source,
            Destination = header.Destination,
            IsBroadcast = isBroadcast,
            Packet = packet,
            Payload = payload,
        };
        if (receiver is not null)
        {
            receiver.Receive(datagram, nowNanoseconds);
            return;
        }

        counters.Drop(DropReason.NotForUs);
        Icmp?.SendProtocolUnreachable(datagram, nowNanoseconds);
    }

    private bool TryReserve(scoped in Ipv4Header header, int payloadBytes, long nowNanoseconds, out Span<byte> payload)
    {
        payload = default;
        int datagramBytes = Ipv4Header.SizeBytes + payloadBytes;
        if (!link.CanCarry(datagramBytes))
        {
            counters.Drop(DropReason.OutgoingOverflow);
            return false;
        }

        if (!TryReserveFrame(header.Destination, datagramBytes, nowNanoseconds, out Span<byte> datagram))
        {
            return false;
        }

        (header with { TotalLength = (ushort)datagramBytes }).Write(datagram);
        payload = datagram[Ipv4Header.SizeBytes..];
        return true;
    }

    private bool TryReserveFrame(Ipv4Address destination, int datagramBytes, long nowNanoseconds, out Span<byte> datagram)
    {
        if (routing.IsBroadcast(destination))
        {
            return link.TryReserve(MacAddress.Broadcast, EtherType.Ipv4, datagramBytes, out datagram);
        }

        datagram = default;
        ResolveOutcome outcome = ResolveOutcome.Unreachable;
        MacAddress hardware = default;
        if (routing.TryGetNextHop(destination, out Ipv4Address nextHop))
        {
            outcome = resolver.Resolve(nextHop, nowNanoseconds, out hardware);
        }

        switch (outcome)
        {
            case ResolveOutcome.Resolved:
                return link.TryReserve(hardware, EtherType.Ipv4, datagramBytes, out datagram);
            case ResolveOutcome.Pending:
                Span<byte> frame = pending.Reserve(nextHop, LinkLayer.FrameBytes(datagramBytes));
                datagram = link.WriteHeader(frame, default, EtherType.Ipv4, datagramBytes);
                return true;
            default:
                counters.Drop(DropReason.Unreachable);
                return false;
        }
    }
}
