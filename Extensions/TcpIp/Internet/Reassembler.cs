using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Puts the fragments of datagrams together (RFC 791 §3.2, RFC 1122 §3.3.2). There is room for a few datagrams of bounded size; the oldest
/// makes room for the newest. Fragments that overlap others make their datagram be dropped (RFC 5722 §4, here for IPv4): nobody honest
/// sends them.
/// </summary>
internal sealed class Reassembler(StackCounters counters)
{
    /// <summary>Datagrams that can be incomplete at the same time.</summary>
    public const int Capacity = 8;

    /// <summary>The largest payload that is put together.</summary>
    public const int MaximumPayloadBytes = 20 * 1024;

    /// <summary>How long a datagram may be incomplete (RFC 1122 §3.3.2).</summary>
    public const long LifetimeNanoseconds = 60_000_000_000;

    private const int UnitBytes = 8;

    private readonly IncompleteDatagram?[] _datagrams = new IncompleteDatagram?[Capacity];

    /// <summary>Datagrams that are incomplete, those whose time is over too.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (IncompleteDatagram? datagram in _datagrams)
            {
                count += datagram is { IsUsed: true } ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>
    /// Takes a fragment. True if the datagram is complete with it; it is there until the next fragment comes.
    /// </summary>
    public bool TryComplete(
        scoped in Ipv4Header header,
        scoped ReadOnlySpan<byte> payload,
        long nowNanoseconds,
        out Ipv4Header whole,
        out ReadOnlySpan<byte> packet)
    {
        whole = default;
        packet = default;
        int start = header.FragmentOffsetUnits * UnitBytes;
        int end = start + payload.Length;
        if (payload.IsEmpty || end > MaximumPayloadBytes || (header.MoreFragments && payload.Length % UnitBytes != 0))
        {
            counters.Drop(DropReason.Fragment);
            return false;
        }

        IncompleteDatagram datagram = FindOrBegin(new FragmentKey(header), nowNanoseconds);
        if (!datagram.TryAdd(start, end, !header.MoreFragments, payload))
        {
            counters.Drop(DropReason.Fragment);
            datagram.IsUsed = false;
            return false;
        }

        if (!datagram.IsComplete)
        {
            return false;
        }

        datagram.IsUsed = false;
        whole = header with
        {
            HeaderBytes = Ipv4Header.SizeBytes,
            TotalLength = (ushort)(Ipv4Header.SizeBytes + datagram.PayloadBytes),
            MoreFragments = false,
            FragmentOffsetUnits = 0,
        };
        packet = datagram.Seal(whole);
        return true;
    }

    private IncompleteDatagram FindOrBegin(in FragmentKey key, long nowNanoseconds)
    {
        int victim = 0;
        for (int index = 0; index < Capacity; index++)
        {
            // Made when they are first needed, and kept.
            IncompleteDatagram datagram = _datagrams[index] ??= new IncompleteDatagram();
            if (datagram.IsUsed && nowNanoseconds >= datagram.ExpiresAt)
            {
                counters.Drop(DropReason.Fragment);
                datagram.IsUsed = false;
            }

            if (datagram.IsUsed && datagram.Key == key)
            {
                return datagram;
            }

            bool isBetter = !datagram.IsUsed || datagram.ExpiresAt < _datagrams[victim]!.ExpiresAt;
            victim = _datagrams[victim]!.IsUsed && isBetter ? index : victim;
        }

        IncompleteDatagram chosen = _datagrams[victim]!;
        if (chosen.IsUsed)
        {
            counters.Drop(DropReason.Fragment);
        }

        chosen.Begin(key, nowNanoseconds + LifetimeNanoseconds);
        return chosen;
    }
}
