using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>The echo requests that were sent last.</summary>
internal sealed class PingTable
{
    /// <summary>How many requests are remembered.</summary>
    public const int Capacity = 32;

    private readonly Request[] _requests = new Request[Capacity];
    private int _next;

    /// <summary>Notes a request, in the place of the oldest one or of the one with the same number.</summary>
    public void Add(ushort sequence, Ipv4Address destination, ulong cookie, long nowNanoseconds)
    {
        int index = Find(sequence);
        if (index < 0)
        {
            index = _next;
            _next = (_next + 1) % Capacity;
        }

        _requests[index] = new Request(true, sequence, destination, cookie, nowNanoseconds, null);
    }

    /// <summary>Notes an answer. False if nothing like it was asked; the first answer counts.</summary>
    public bool TryAnswer(ushort sequence, Ipv4Address source, ulong cookie, long nowNanoseconds)
    {
        int index = Find(sequence);
        if (index < 0 || _requests[index].Destination != source || _requests[index].Cookie != cookie)
        {
            return false;
        }

        _requests[index] = _requests[index] with { AnsweredAt = _requests[index].AnsweredAt ?? nowNanoseconds };
        return true;
    }

    /// <summary>Looks a request up.</summary>
    public bool TryGet(ushort sequence, out PingStatus status)
    {
        int index = Find(sequence);
        Request request = index < 0 ? default : _requests[index];
        status = request.AnsweredAt is { } answered
            ? new PingStatus(true, (ulong)(answered - request.SentAt))
            : default;
        return index >= 0;
    }

    private int Find(ushort sequence)
    {
        for (int index = 0; index < Capacity; index++)
        {
            if (_requests[index].IsUsed && _requests[index].Sequence == sequence)
            {
                return index;
            }
        }

        return -1;
    }

    private readonly record struct Request(
        bool IsUsed, ushort Sequence, Ipv4Address Destination, ulong Cookie, long SentAt, long? AnsweredAt);
}
