using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// How many challenges leave in a second (RFC 5961 §7). The limit differs from second to second, so that nobody learns about other
/// connections by using it up and counting (CVE-2016-5696).
/// </summary>
/// <remarks>
/// A first segment of a connection is answered whatever came before. That costs what the answer to one that nobody expects costs, no two
/// sides go on with it for ever, and it is how others see that the stack lives.
/// </remarks>
internal sealed class ChallengeLimit(RandomSequence random, StackCounters counters)
{
    private const long PeriodNanoseconds = 1_000_000_000;
    private const int LeastPerPeriod = 500;
    private const int Spread = 500;

    private long _periodEnd;
    private long _left;

    /// <summary>Takes a challenge in answer to a segment. False if this second has none left for it.</summary>
    public bool TryTake(in ReceivedSegment segment, long nowNanoseconds)
    {
        bool isFirst = segment.Has(TcpFlags.Synchronize) && !segment.Has(TcpFlags.Acknowledge);
        if (!isFirst && !TryTakeLimited(nowNanoseconds))
        {
            return false;
        }

        counters.ChallengesSent++;
        return true;
    }

    private bool TryTakeLimited(long nowNanoseconds)
    {
        if (nowNanoseconds >= _periodEnd)
        {
            _periodEnd = nowNanoseconds + PeriodNanoseconds;
            _left = LeastPerPeriod + random.NextBelow(Spread);
        }

        if (_left == 0)
        {
            return false;
        }

        _left--;
        return true;
    }
}
