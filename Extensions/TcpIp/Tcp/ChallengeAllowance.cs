namespace NooksOS.Extensions.TcpIp;

/// <summary>How many challenges may still leave in this second.</summary>
internal struct ChallengeAllowance
{
    private const long PeriodNanoseconds = 1_000_000_000;

    private long _periodEnd;
    private long _left;

    /// <summary>Whether the second that was counted is over, and the next one begins.</summary>
    public bool TryRenew(long nowNanoseconds)
    {
        if (nowNanoseconds < _periodEnd)
        {
            return false;
        }

        _periodEnd = nowNanoseconds + PeriodNanoseconds;
        return true;
    }

    /// <summary>So many may leave in it.</summary>
    public void Allow(long challenges) => _left = challenges;

    /// <summary>Takes one. False if none is left.</summary>
    public bool TryTake()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        return true;
    }
}
