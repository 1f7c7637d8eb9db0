using System;
using System.Buffers.Binary;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>ICMP (RFC 792, RFC 1122 §3.2.2): answers echo requests, sends its own, and says that nobody listens at a port.</summary>
internal sealed class IcmpLayer(Ipv4Layer internet, RoutingTable routing, StackCounters counters, RandomSequence random)
    : IIpv4Receiver
{
    /// <summary>Errors that may be sent at once.</summary>
    public const int ErrorBurst = 10;

    /// <summary>How soon one more error may be sent (RFC 1812 §4.3.2.8 asks for a limit).</summary>
    public const long ErrorIntervalNanoseconds = 100_000_000;

    /// <summary>Data of our own echo requests, as much as others send.</summary>
    public const int PingDataBytes = 56;

    // RFC 792: the header and the first 64 bits of what was not delivered.
    private const int QuotedPayloadBytes = 8;

    private readonly ushort _identifier = (ushort)random.Next();
    private readonly PingTable _pings = new();
    private int _errorsAllowed = ErrorBurst;
    private long _nextErrorRefill;

    /// <summary>Who is told of errors about TCP segments.</summary>
    public IPathErrorSink? TcpErrors { get; set; }

    /// <inheritdoc/>
    public void Receive(in Ipv4Datagram datagram, long nowNanoseconds)
    {
        if (!IcmpMessage.TryParse(datagram.Payload, out IcmpMessage message, out ReadOnlySpan<byte> data))
        {
            counters.Drop(DropReason.IcmpMalformed);
            return;
        }

        if (!IcmpMessage.HasValidChecksum(datagram.Payload))
        {
            counters.Drop(DropReason.IcmpChecksum);
            return;
        }

        switch (message.Type)
        {
            case IcmpType.Echo or IcmpType.EchoReply when message.Code != 0:
                counters.Drop(DropReason.IcmpMalformed);
                break;
            case IcmpType.Echo:
                Answer(datagram, message, data, nowNanoseconds);
                break;
            case IcmpType.EchoReply:
                TakeAnswer(datagram, message, data, nowNanoseconds);
                break;
            case IcmpType.DestinationUnreachable:
                TakeError(message, data, nowNanoseconds);
                break;
            default:
                // RFC 1122 §3.2.2: a message of unknown type is discarded silently.
                counters.Drop(DropReason.NotForUs);
                break;
        }
    }

    /// <summary>Sends an echo request. False if it cannot be sent.</summary>
    public bool TryPing(Ipv4Address destination, ushort sequence, long nowNanoseconds)
    {
        Ipv4Flow flow = new(routing.Address, destination, IpProtocol.Icmp);
        if (!internet.TryReserve(flow, IcmpMessage.SizeBytes + PingDataBytes, nowNanoseconds, out Span<byte> message))
        {
            return false;
        }

        // The cookie keeps others from answering what they have not seen.
        ulong cookie = random.Next();
        Span<byte> data = message[IcmpMessage.SizeBytes..];
        BinaryPrimitives.WriteUInt64BigEndian(data, cookie);
        for (int index = sizeof(ulong); index < data.Length; index++)
        {
            data[index] = (byte)index;
        }

        new IcmpMessage(IcmpType.Echo, 0, IcmpMessage.EchoParameter(_identifier, sequence)).Write(message);
        _pings.Add(sequence, destination, cookie, nowNanoseconds);
        return true;
    }

    /// <summary>Tells what became of an echo request.</summary>
    public bool TryGetPing(ushort sequence, out PingStatus status) => _pings.TryGet(sequence, out status);

    /// <summary>Tells the sender of a datagram that nobody listens at the port (RFC 1122 §4.1.3.1).</summary>
    public void SendPortUnreachable(in Ipv4Datagram datagram, long nowNanoseconds)
        => SendUnreachable(datagram, IcmpMessage.PortUnreachable, nowNanoseconds);

    /// <summary>Tells the sender of a datagram that we do not speak the protocol (RFC 1122 §3.2.2.1).</summary>
    public void SendProtocolUnreachable(in Ipv4Datagram datagram, long nowNanoseconds)
        => SendUnreachable(datagram, IcmpMessage.ProtocolUnreachable, nowNanoseconds);

    private static PathErrorKind KindOf(byte code) => code switch
    {
        IcmpMessage.ProtocolUnreachable or IcmpMessage.PortUnreachable => PathErrorKind.Hard,
        IcmpMessage.FragmentationNeeded => PathErrorKind.TooLarge,
        _ => PathErrorKind.Soft,
    };

    // The datagram that the error quotes must be one that we could have sent; whether we did, only the protocol above can tell.
    private void TakeError(in IcmpMessage error, ReadOnlySpan<byte> quoted, long nowNanoseconds)
    {
        if (!Ipv4Header.TryParseQuoted(quoted, out Ipv4Header header, out ReadOnlySpan<byte> payload)
            || header.Source != routing.Address
            || header.FragmentOffsetUnits != 0
            || payload.Length < QuotedPayloadBytes
            || header.Protocol != IpProtocol.Tcp
            || TcpErrors is null)
        {
            counters.Drop(DropReason.NotForUs);
            return;
        }

        PathErrorKind kind = KindOf(error.Code);
        PathError about = new()
        {
            Kind = kind,
            PathBytes = kind == PathErrorKind.TooLarge ? error.NextLinkBytes : 0,
            DatagramBytes = header.TotalLength,
            Destination = header.Destination,
            Payload = payload,
        };
        TcpErrors.TakePathError(about, nowNanoseconds);
    }

    private void SendUnreachable(in Ipv4Datagram datagram, byte code, long nowNanoseconds)
    {
        // RFC 1122 §3.2.2: never about a datagram to many. That the source is one host, IPv4 has made sure.
        if (datagram.IsBroadcast || !routing.IsConfigured || !TakeErrorAllowance(nowNanoseconds))
        {
            return;
        }

        int headerBytes = datagram.Packet.Length - datagram.Payload.Length;
        int quotedBytes = headerBytes + Math.Min(datagram.Payload.Length, QuotedPayloadBytes);
        Ipv4Flow flow = new(routing.Address, datagram.Source, IpProtocol.Icmp);
        if (internet.TryReserve(flow, IcmpMessage.SizeBytes + quotedBytes, nowNanoseconds, out Span<byte> message))
        {
            datagram.Packet[..quotedBytes].CopyTo(message[IcmpMessage.SizeBytes..]);
            new IcmpMessage(IcmpType.DestinationUnreachable, code, 0).Write(message);
            counters.ErrorsSent++;
        }
    }

    private void Answer(in Ipv4Datagram datagram, in IcmpMessage request, ReadOnlySpan<byte> data, long nowNanoseconds)
    {
        // RFC 1122 §3.2.2.6 allows silence about broadcasts, and silence keeps us out of amplified attacks.
        if (datagram.IsBroadcast || !routing.IsConfigured)
        {
            counters.Drop(DropReason.EchoRefused);
            return;
        }

        Ipv4Flow flow = new(routing.Address, datagram.Source, IpProtocol.Icmp);
        if (internet.TryReserve(flow, datagram.Payload.Length, nowNanoseconds, out Span<byte> message))
        {
            data.CopyTo(message[IcmpMessage.SizeBytes..]);
            (request with { Type = IcmpType.EchoReply }).Write(message);
            counters.EchoReplies++;
        }
    }

    private void TakeAnswer(in Ipv4Datagram datagram, in IcmpMessage answer, ReadOnlySpan<byte> data, long nowNanoseconds)
    {
        bool isOurs = answer.Identifier == _identifier
            && data.Length == PingDataBytes
            && _pings.TryAnswer(
                answer.Sequence, datagram.Source, BinaryPrimitives.ReadUInt64BigEndian(data), nowNanoseconds);
        if (!isOurs)
        {
            counters.Drop(DropReason.NotForUs);
        }
    }

    private bool TakeErrorAllowance(long nowNanoseconds)
    {
        if (nowNanoseconds >= _nextErrorRefill)
        {
            long idle = (nowNanoseconds - _nextErrorRefill) / ErrorIntervalNanoseconds;
            _errorsAllowed = (int)Math.Min(ErrorBurst, _errorsAllowed + idle + 1);
            _nextErrorRefill = nowNanoseconds + ErrorIntervalNanoseconds;
        }

        if (_errorsAllowed == 0)
        {
            return false;
        }

        _errorsAllowed--;
        return true;
    }
}
