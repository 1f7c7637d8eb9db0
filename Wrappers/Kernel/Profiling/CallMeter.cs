using System.Threading;

namespace NooksOS.Wrappers;

/// <summary>Adds up what the calls of one method cost. Any thread may add at any time.</summary>
internal struct CallMeter
{
    private ulong _calls;
    private ulong _nanoseconds;
    private ulong _longestNanoseconds;

    public readonly ulong Calls => _calls;

    public void Add(ulong nanoseconds)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _nanoseconds, nanoseconds);
        ulong longest = _longestNanoseconds;
        while (nanoseconds > longest)
        {
            ulong seen = Interlocked.CompareExchange(ref _longestNanoseconds, nanoseconds, longest);
            if (seen == longest)
            {
                break;
            }

            longest = seen;
        }
    }

    public readonly CallCost ToCost(ushort contract, int method) => new(contract, method, _calls, _nanoseconds, _longestNanoseconds);
}
