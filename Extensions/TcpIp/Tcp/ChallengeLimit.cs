using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// How many challenges leave in a second (RFC 5961 §7). Each connection has an allowance of its own: with one for all, anybody who has a
/// connection could use it up, and the probes of others, of an idle connection or of a closed window, would go unanswered until they
/// gave up; or count what is left of it, and so learn about them (CVE-2016-5696). Those that are half open share one, which differs from
/// second to second.
/// </summary>
/// <remarks>
/// A first segment of a connection is answered whatever came before. That costs what the answer to one that nobody expects costs, no two
/// sides go on with it for ever, and it is how others see that the stack lives.
/// </remarks>
internal sealed class ChallengeLimit(RandomSequence random, StackCounters counters)
{
    /// <summary>How many leave in a second for one connection: more than probes need, and too few for two sides that misunderstand each other.</summary>
    public const int PerConnection = 100;

    private const int LeastPerPeriod = 500;
    private const int Spread = 500;

    private ChallengeAllowance _halfOpen;

    /// <summary>Takes a challenge in answer to a segment of a connection. False if this second has none left for it.</summary>
    public bool TryTake(Connection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        if (connection.Challenges.TryRenew(nowNanoseconds))
        {
            connection.Challenges.Allow(PerConnection);
        }

        return TryTake(ref connection.Challenges, segment);
    }

    /// <summary>The same for a connection that is half open.</summary>
    public bool TryTake(in ReceivedSegment segment, long nowNanoseconds)
    {
        if (_halfOpen.TryRenew(nowNanoseconds))
        {
            _halfOpen.Allow(LeastPerPeriod + random.NextBelow(Spread));
        }

        return TryTake(ref _halfOpen, segment);
    }

    private bool TryTake(ref ChallengeAllowance allowance, in ReceivedSegment segment)
    {
        bool isFirst = segment.Has(TcpFlags.Synchronize) && !segment.Has(TcpFlags.Acknowledge);
        if (!isFirst && !allowance.TryTake())
        {
            return false;
        }

        counters.ChallengesSent++;
        return true;
    }
}
