using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// TIME-WAIT (RFC 9293 §3.6.1): connections that are over on both sides, kept so that the last acknowledgment can be repeated, and so that late
/// segments meet no new connection. Of fixed size: the oldest makes room for the newest.
/// </summary>
internal sealed class TimeWaitTable(StatelessReplies replies, SipHash hash)
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 1024;

    private Entry[] _entries = [];
    private FlowIndex? _flows;
    private int _next;

    /// <summary>How many there are, those whose time is over too.</summary>
    public int Count => _flows?.Count ?? 0;

    /// <summary>Keeps a connection that is over.</summary>
    public void Add(Connection connection, long nowNanoseconds)
    {
        if (_flows is null)
        {
            // Only with the first connection: an instance that has just come up may have none.
            _entries = new Entry[Capacity];
            _flows = new FlowIndex(Capacity, hash);
        }

        Remove(_next);
        _entries[_next] = new Entry(
            true,
            connection.Flow,
            connection.SequenceOf(connection.SendHighest),
            connection.ReceiveSequenceOf(connection.ReceiveNext),
            connection.Options.HasTimestamps,
            connection.RecentTimestamp,
            connection.TimestampOffset,
            nowNanoseconds + TcpParameters.TimeWait);
        _flows.Add(connection.Flow, _next);
        _next = (_next + 1) % Capacity;
    }

    /// <summary>Whether the ends are those of a connection that is kept.</summary>
    public bool Contains(in TcpFlow flow, long nowNanoseconds) => Find(flow, nowNanoseconds) >= 0;

    /// <summary>Forgets a connection, because a new one takes its place.</summary>
    public void Forget(in TcpFlow flow)
    {
        int slot = _flows?.Find(flow) ?? -1;
        if (slot >= 0)
        {
            Remove(slot);
        }
    }

    /// <summary>Takes a segment. False if it belongs to no connection here, or begins a new one in its place.</summary>
    public bool TryReceive(in ReceivedSegment segment, long nowNanoseconds)
    {
        int slot = Find(segment.Flow, nowNanoseconds);
        if (slot < 0)
        {
            return false;
        }

        ref Entry entry = ref _entries[slot];
        if (MayBeginAnew(entry, segment))
        {
            Remove(slot);
            return false;
        }

        // RFC 1337: a reset must not end the wait. What has no length needs no answer.
        if (!segment.Has(TcpFlags.Reset) && segment.Length != 0)
        {
            Acknowledge(entry, nowNanoseconds);
            entry = segment.Has(TcpFlags.Finish) ? entry with { ExpiresAt = nowNanoseconds + TcpParameters.TimeWait } : entry;
        }

        return true;
    }

    // RFC 9293 §3.6.1 and RFC 6191: a SYN that cannot be of the old connection, by its clock, or else by its number.
    private static bool MayBeginAnew(in Entry entry, in ReceivedSegment segment)
    {
        if (!segment.Has(TcpFlags.Synchronize) || segment.Has(TcpFlags.Acknowledge) || segment.Has(TcpFlags.Reset))
        {
            return false;
        }

        bool hasLaterNumber = (int)(segment.Header.Sequence - entry.ReceiveNext) > 0;
        int later = (int)(segment.Options.TimestampValue - entry.RecentTimestamp);
        return entry.HasTimestamps && segment.Options.HasTimestamps
            ? later > 0 || (later == 0 && hasLaterNumber)
            : hasLaterNumber;
    }

    private void Acknowledge(in Entry entry, long nowNanoseconds)
    {
        Span<byte> options = stackalloc byte[TcpOptionWriter.TimestampsBytes];
        TcpOptionWriter writer = new(options);
        if (entry.HasTimestamps)
        {
            writer.Timestamps(InitialSequence.TimestampClock(nowNanoseconds) + entry.TimestampOffset, entry.RecentTimestamp);
        }

        TcpHeader header = new()
        {
            Flags = TcpFlags.Acknowledge,
            Sequence = entry.SendNext,
            Acknowledgment = entry.ReceiveNext,
        };
        replies.TrySend(entry.Flow, header, options[..writer.Length], nowNanoseconds);
    }

    private int Find(in TcpFlow flow, long nowNanoseconds)
    {
        int slot = _flows?.Find(flow) ?? -1;
        if (slot < 0 || nowNanoseconds < _entries[slot].ExpiresAt)
        {
            return slot;
        }

        Remove(slot);
        return -1;
    }

    private void Remove(int slot)
    {
        if (_entries[slot].IsUsed)
        {
            _flows?.Remove(slot);
            _entries[slot] = default;
        }
    }

    private readonly record struct Entry(
        bool IsUsed,
        TcpFlow Flow,
        uint SendNext,
        uint ReceiveNext,
        bool HasTimestamps,
        uint RecentTimestamp,
        uint TimestampOffset,
        long ExpiresAt);
}
