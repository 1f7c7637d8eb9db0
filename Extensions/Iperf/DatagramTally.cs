using System;

namespace NooksOS.Extensions.Iperf;

/// <summary>Counts what arrives of one stream of datagrams, in the way that iperf 2 reports it.</summary>
internal sealed class DatagramTally
{
    // RFC 1889, 6.3.1: a sixteenth of each difference.
    private const double JitterGain = 16;
    private const double NanosecondsPerMicrosecond = 1000;

    private long _firstNanoseconds;
    private long _lastNanoseconds;
    private long _highestNumber;
    private double _lastTransitMicroseconds;

    /// <summary>Datagrams that arrived.</summary>
    public long Datagrams { get; private set; }

    /// <summary>Bytes that arrived, headers of the test included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Datagrams that arrived behind a later one.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Datagrams that never came.</summary>
    public long Lost { get; private set; }

    /// <summary>How much the time of transit varies.</summary>
    public double JitterMicroseconds { get; private set; }

    /// <summary>Time from the first datagram to the last.</summary>
    public long DurationNanoseconds => _lastNanoseconds - _firstNanoseconds;

    /// <summary>The highest number seen.</summary>
    public long HighestNumber => _highestNumber;

    /// <summary>Whether the last datagram came.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Counts a datagram.</summary>
    public void Add(in TestDatagram header, int lengthBytes, long nowNanoseconds)
    {
        if (IsOver)
        {
            return;
        }

        double transit = (nowNanoseconds / NanosecondsPerMicrosecond) - header.SentMicroseconds;
        if (Datagrams == 0)
        {
            _firstNanoseconds = nowNanoseconds;
        }
        else
        {
            JitterMicroseconds += (Math.Abs(transit - _lastTransitMicroseconds) - JitterMicroseconds) / JitterGain;
        }

        _lastTransitMicroseconds = transit;
        _lastNanoseconds = nowNanoseconds;
        if (header.Number < 0)
        {
            // The closing datagram has the number that the next one would have had, and is sent until it is answered.
            IsOver = true;
            Lost += Math.Max(-header.Number - _highestNumber - 1, 0);
            return;
        }

        Datagrams++;
        Bytes += lengthBytes;
        if (header.Number <= _highestNumber)
        {
            OutOfOrder++;
            Lost = Math.Max(Lost - 1, 0);
            return;
        }

        Lost += header.Number - _highestNumber - 1;
        _highestNumber = header.Number;
    }
}
