using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Segments that belong to no connection: answers to a segment, made from it alone or from a few remembered numbers.</summary>
internal sealed class StatelessReplies(ISegmentCarrier carrier, StackCounters counters)
{
    /// <summary>Says that there is no such connection (RFC 9293 §3.10.7.1). Never in answer to a reset.</summary>
    public void SendReset(in ReceivedSegment segment, long nowNanoseconds)
    {
        if (segment.Has(TcpFlags.Reset))
        {
            return;
        }

        TcpHeader header = segment.Has(TcpFlags.Acknowledge)
            ? new TcpHeader { Flags = TcpFlags.Reset, Sequence = segment.Header.Acknowledgment }
            : new TcpHeader
            {
                Flags = TcpFlags.Reset | TcpFlags.Acknowledge,
                Acknowledgment = segment.Header.Sequence + (uint)segment.Length,
            };
        if (TrySend(segment.Flow, header, default, nowNanoseconds))
        {
            counters.ResetsSent++;
        }
    }

    /// <summary>Sends a segment without data.</summary>
    public bool TrySend(in TcpFlow flow, in TcpHeader header, ReadOnlySpan<byte> options, long nowNanoseconds)
    {
        Ipv4Flow path = new(flow.Local, flow.Remote, IpProtocol.Tcp);
        if (!carrier.TryReserve(path, TcpHeader.SizeBytes + options.Length, nowNanoseconds, out Span<byte> segment))
        {
            return false;
        }

        options.CopyTo(segment[TcpHeader.SizeBytes..]);
        (header with { SourcePort = flow.LocalPort, DestinationPort = flow.RemotePort })
            .Write(segment, options.Length, flow.Local, flow.Remote);
        counters.SegmentsSent++;
        return true;
    }
}
