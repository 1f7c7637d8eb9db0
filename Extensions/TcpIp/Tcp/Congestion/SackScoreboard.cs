using System;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// What the peer says it has beyond the first gap, and what follows for what is lost and what is on its way (RFC 6675 §3 and §4). Positions
/// are those of our byte stream.
/// </summary>
internal sealed class SackScoreboard
{
    private readonly RangeSet _received = new();

    /// <summary>HighRxt: behind the last octet that this recovery has sent again.</summary>
    public long RetransmittedEnd { get; set; } = Connection.SynPosition;

    /// <summary>Whether the peer has told of anything.</summary>
    public bool IsEmpty => _received.Count == 0;

    /// <summary>The peer has these octets. True if that is news.</summary>
    public bool Add(long start, long end)
    {
        long before = _received.Octets;
        return _received.TryAdd(start, end) && _received.Octets != before;
    }

    /// <summary>All below was acknowledged.</summary>
    public void Advance(long unacknowledged) => _received.RemoveBelow(unacknowledged);

    /// <summary>Forgets everything: the peer may have dropped it (RFC 2018 §8), and the timer has run out.</summary>
    public void Clear()
    {
        _received.Clear();
        RetransmittedEnd = Connection.SynPosition;
    }

    /// <summary>Octets that the peer has below a position.</summary>
    public long OctetsBelow(long position)
    {
        long octets = 0;
        for (int index = 0; index < _received.Count && _received.StartOf(index) < position; index++)
        {
            octets += Math.Min(_received.EndOf(index), position) - _received.StartOf(index);
        }

        return octets;
    }

    /// <summary>Moves a position out of what the peer has.</summary>
    public long SkipReceived(long position)
    {
        int index = _received.Find(position);
        return index < 0 ? position : _received.EndOf(index);
    }

    /// <summary>Where the next range starts that the peer has; the highest number there is if none does.</summary>
    public long NextReceived(long position)
    {
        for (int index = 0; index < _received.Count; index++)
        {
            if (_received.StartOf(index) >= position)
            {
                return _received.StartOf(index);
            }
        }

        return long.MaxValue;
    }

    /// <summary>
    /// IsLost: whether an octet that the peer does not have must be lost, because so much, or so many pieces, above it have arrived.
    /// </summary>
    public bool IsLost(long position, int segmentBytes)
    {
        int ranges = 0;
        long octets = 0;
        for (int index = _received.Count - 1; index >= 0 && _received.StartOf(index) > position; index--)
        {
            ranges++;
            octets += _received.EndOf(index) - _received.StartOf(index);
        }

        return ranges >= TcpParameters.DuplicateThreshold || octets > (TcpParameters.DuplicateThreshold - 1) * (long)segmentBytes;
    }

    /// <summary>SetPipe: octets between two positions that are still on their way.</summary>
    public long InFlight(long unacknowledged, long highest, int segmentBytes)
    {
        long octets = 0;
        for (long position = SkipReceived(unacknowledged); position < highest;)
        {
            long end = Math.Min(NextReceived(position), highest);
            octets += IsLost(position, segmentBytes) ? 0 : end - position;
            octets += Math.Clamp(RetransmittedEnd - position, 0, end - position);
            position = SkipReceived(end);
        }

        return octets;
    }

    /// <summary>
    /// NextSeg, rules 1 and 3: what to send again next. Rule 1 is about octets that are lost, rule 3 about those that only may be.
    /// </summary>
    public bool TryGetMissing(long unacknowledged, int segmentBytes, bool mayBeOnItsWay, out long start, out long end)
    {
        start = SkipReceived(Math.Max(unacknowledged, RetransmittedEnd));
        end = Math.Min(NextReceived(start), start + segmentBytes);
        return start < _received.End && (mayBeOnItsWay || IsLost(start, segmentBytes));
    }
}
