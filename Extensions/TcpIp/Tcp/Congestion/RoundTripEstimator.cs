using System;

namespace NooksOS.Extensions.TcpIp;

/// <summary>How long to wait for an acknowledgment (RFC 6298), in nanoseconds.</summary>
internal struct RoundTripEstimator
{
    // RFC 6298 §2 (2.3): K, and the gains 1/8 and 1/4 as shifts.
    private const int VariationFactor = 4;
    private const int SmoothingShift = 3;
    private const int VariationShift = 2;

    // G: acknowledgments are seen at once, but a timer of ours is late by up to this.
    private const long GranularityNanoseconds = 10_000_000;

    private long _variation;
    private int _backOff;

    public RoundTripEstimator() => Reset(TcpParameters.InitialTimeout);

    /// <summary>SRTT; zero as long as nothing was measured.</summary>
    public long Smoothed { get; private set; }

    /// <summary>RTO without back-off.</summary>
    public long Base { get; private set; }

    /// <summary>RTO: doubled with each time it ran out (5.5).</summary>
    public readonly long Timeout => _backOff >= 8
        ? TcpParameters.MaximumTimeout
        : Math.Min(Base << _backOff, TcpParameters.MaximumTimeout);

    /// <summary>Forgets everything.</summary>
    public void Reset(long timeoutNanoseconds)
    {
        Smoothed = 0;
        _variation = 0;
        _backOff = 0;
        Base = timeoutNanoseconds;
    }

    /// <summary>Takes a measurement of a segment that was sent only once, or was marked by a timestamp (Karn's algorithm, §3).</summary>
    public void AddSample(long roundTripNanoseconds)
    {
        long sample = Math.Clamp(roundTripNanoseconds, 1, TcpParameters.MaximumTimeout);
        if (Smoothed == 0)
        {
            // (2.2)
            Smoothed = sample;
            _variation = sample / 2;
        }
        else
        {
            // (2.3): the variation first, because it uses the old average.
            _variation += (Math.Abs(Smoothed - sample) - _variation) >> VariationShift;
            Smoothed += (sample - Smoothed) >> SmoothingShift;
        }

        long timeout = Smoothed + Math.Max(GranularityNanoseconds, VariationFactor * _variation);
        Base = Math.Clamp(timeout, TcpParameters.MinimumTimeout, TcpParameters.MaximumTimeout);
        _backOff = 0;
    }

    /// <summary>The time ran out (5.5).</summary>
    public void BackOff() => _backOff++;

    /// <summary>New data was acknowledged: the peer is there, whatever the time before.</summary>
    public void EndBackOff() => _backOff = 0;
}
