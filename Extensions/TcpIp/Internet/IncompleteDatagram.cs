using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>A datagram of which some fragments have come. The object is used again for others.</summary>
internal sealed class IncompleteDatagram
{
    private const int Unknown = -1;

    private readonly byte[] _packet = new byte[Ipv4Header.SizeBytes + Reassembler.MaximumPayloadBytes];
    private readonly RangeSet _arrived = new();

    /// <summary>Whether it stands for a datagram at all.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Which datagram it is.</summary>
    public FragmentKey Key { get; private set; }

    /// <summary>When it is given up.</summary>
    public long ExpiresAt { get; private set; }

    /// <summary>Size of the whole payload; negative before the last fragment has come.</summary>
    public int PayloadBytes { get; private set; }

    /// <summary>Whether nothing is missing.</summary>
    public bool IsComplete => _arrived.Count == 1 && _arrived.StartOf(0) == 0 && _arrived.EndOf(0) == PayloadBytes;

    /// <summary>Stands for a new datagram from now on.</summary>
    public void Begin(in FragmentKey key, long expiresAt)
    {
        IsUsed = true;
        Key = key;
        ExpiresAt = expiresAt;
        PayloadBytes = Unknown;
        _arrived.Clear();
    }

    /// <summary>Puts a fragment in its place. False if it contradicts others. One that came before is left out.</summary>
    public bool TryAdd(int start, int end, bool isLast, ReadOnlySpan<byte> payload)
    {
        bool isBeyondEnd = PayloadBytes != Unknown && (end > PayloadBytes || (isLast && end != PayloadBytes));
        if (isBeyondEnd || (isLast && _arrived.Count != 0 && _arrived.End > end))
        {
            return false;
        }

        PayloadBytes = isLast ? end : PayloadBytes;
        for (int index = 0; index < _arrived.Count; index++)
        {
            if (_arrived.StartOf(index) <= start && end <= _arrived.EndOf(index))
            {
                return true;
            }

            if (start < _arrived.EndOf(index) && _arrived.StartOf(index) < end)
            {
                return false;
            }
        }

        payload.CopyTo(_packet.AsSpan(Ipv4Header.SizeBytes + start));
        return _arrived.TryAdd(start, end);
    }

    /// <summary>Writes the header of the whole, and returns all of it.</summary>
    public ReadOnlySpan<byte> Seal(scoped in Ipv4Header header)
    {
        header.Write(_packet);
        return _packet.AsSpan(0, header.TotalLength);
    }
}
