using System;
using System.Threading;

namespace NooksOS.ObjectTracker;

/// <summary>
/// Counts the memory of one domain against its quota. Charging comes before allocating, so that a refused allocation costs
/// nothing. Safe to use from several threads.
/// </summary>
public sealed class MemoryAccount(ulong quotaBytes)
{
    private long _liveBytes;
    private long _peakBytes;

    /// <summary>The bound.</summary>
    public ulong QuotaBytes { get; } = Math.Min(quotaBytes, long.MaxValue);

    /// <summary>What is charged now.</summary>
    public ulong LiveBytes => (ulong)Interlocked.Read(ref _liveBytes);

    /// <summary>The most that was ever charged.</summary>
    public ulong PeakBytes => (ulong)Interlocked.Read(ref _peakBytes);

    /// <summary>Charges so many bytes; false, and nothing charged, if the quota does not allow it.</summary>
    public bool TryCharge(ulong bytes)
    {
        while (true)
        {
            long live = Interlocked.Read(ref _liveBytes);
            if (bytes > QuotaBytes - (ulong)live)
            {
                return false;
            }

            long charged = live + (long)bytes;
            if (Interlocked.CompareExchange(ref _liveBytes, charged, live) == live)
            {
                RaisePeak(charged);
                return true;
            }
        }
    }

    /// <summary>Gives back what was charged.</summary>
    /// <exception cref="InvalidOperationException">More is given back than was charged.</exception>
    public void Discharge(ulong bytes)
    {
        while (true)
        {
            long live = Interlocked.Read(ref _liveBytes);
            if (bytes > (ulong)live)
            {
                throw new InvalidOperationException("More memory is given back than was charged.");
            }

            if (Interlocked.CompareExchange(ref _liveBytes, live - (long)bytes, live) == live)
            {
                return;
            }
        }
    }

    /// <summary>Gives back everything, because the memory of the domain was freed as a whole. Returns how much it was.</summary>
    public ulong DischargeAll() => (ulong)Interlocked.Exchange(ref _liveBytes, 0);

    private void RaisePeak(long charged)
    {
        long peak = Interlocked.Read(ref _peakBytes);
        while (charged > peak)
        {
            long seen = Interlocked.CompareExchange(ref _peakBytes, charged, peak);
            if (seen == peak)
            {
                return;
            }

            peak = seen;
        }
    }
}
