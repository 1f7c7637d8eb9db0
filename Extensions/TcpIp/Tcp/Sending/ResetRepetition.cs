using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Says some times that a connection is no more. A reset is not acknowledged, and a peer that only waits for more sends nothing that would
/// be answered by another one: if the only reset is lost, it waits for ever. One that has come makes the others harmless: nobody is there to
/// take them, or they have an old number. Of fixed size: the newest take the place of the oldest, which leaves those with one reset.
/// </summary>
internal sealed class ResetRepetition(ConnectionTable table, HalfOpenTable halfOpen, StatelessReplies replies, StackCounters counters)
{
    /// <summary>How many connections are remembered: those of a server that dies with all its clients, and some more.</summary>
    public const int Capacity = 2048;

    private Entry[] _entries = [];
    private int _next;
    private long _nextScan = long.MaxValue;

    /// <summary>A reset of a connection has left, or found no room.</summary>
    public void Add(in TcpFlow flow, in TcpHeader reset, long timeoutNanoseconds, long nowNanoseconds)
    {
        // Only with the first reset: most instances never send one.
        _entries = _entries.Length == 0 ? new Entry[Capacity] : _entries;
        long due = nowNanoseconds + timeoutNanoseconds;
        _entries[_next] = new Entry(TcpParameters.ResetRepetitions, flow, reset.Sequence, reset.Acknowledgment, timeoutNanoseconds, due);
        _next = (_next + 1) % Capacity;
        _nextScan = Math.Min(_nextScan, due);
    }

    /// <summary>Repeats those that are due.</summary>
    public void OnTimer(long nowNanoseconds)
    {
        if (nowNanoseconds < _nextScan)
        {
            return;
        }

        _nextScan = long.MaxValue;
        foreach (ref Entry entry in _entries.AsSpan())
        {
            if (entry.Left != 0 && nowNanoseconds >= entry.Due)
            {
                entry = Repeat(entry, nowNanoseconds);
            }

            _nextScan = entry.Left != 0 ? Math.Min(_nextScan, entry.Due) : _nextScan;
        }
    }

    private Entry Repeat(in Entry entry, long nowNanoseconds)
    {
        // The two ends have begun anew: the peer knows.
        if (table.TryFind(entry.Flow, out _) || halfOpen.Find(entry.Flow) >= 0)
        {
            return default;
        }

        TcpHeader reset = new()
        {
            Flags = TcpFlags.Reset | TcpFlags.Acknowledge,
            Sequence = entry.Sequence,
            Acknowledgment = entry.Acknowledgment,
        };
        if (!replies.TrySend(entry.Flow, reset, default, nowNanoseconds))
        {
            return entry;
        }

        counters.ResetsSent++;
        long interval = 2 * entry.Interval;
        return entry with { Left = entry.Left - 1, Interval = interval, Due = nowNanoseconds + interval };
    }

    private readonly record struct Entry(int Left, TcpFlow Flow, uint Sequence, uint Acknowledgment, long Interval, long Due);
}
