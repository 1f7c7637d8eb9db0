namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// How many challenges leave in a second (RFC 5961 §7). The limit differs from second to second, so that nobody learns about other
/// connections by using it up and counting (CVE-2016-5696).
/// </summary>
internal sealed class ChallengeLimit(RandomSequence random, StackCounters counters)
{
    private const long PeriodNanoseconds = 1_000_000_000;
    private const int LeastPerPeriod = 500;
    private const int Spread = 500;

    private long _periodEnd;
    private long _left;

    /// <summary>Takes one of the challenges of this second. False if there is none left.</summary>
    public bool TryTake(long nowNanoseconds)
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
        counters.ChallengesSent++;
        return true;
    }
}
