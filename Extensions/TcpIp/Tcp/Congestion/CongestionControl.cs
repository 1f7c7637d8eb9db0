using System;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// How much may be on its way: slow start and congestion avoidance (RFC 5681), and the window in the recovery of NewReno (RFC 6582) or
/// of selective acknowledgments (RFC 6675). Positions are those of our byte stream.
/// </summary>
internal sealed class CongestionControl
{
    // No window is larger than a ring, so that more would only be a debt that a later loss had to pay off first.
    private const long MaximumWindow = 1L << 20;

    private long _segmentBytes = TcpParameters.DefaultSegmentBytes;
    private long _acknowledged;
    private long _recoverPosition;
    private bool _hasRecovered;

    /// <summary>cwnd, in octets.</summary>
    public long Window { get; private set; }

    /// <summary>ssthresh, in octets.</summary>
    public long Threshold { get; private set; }

    /// <summary>What it thinks of the path.</summary>
    public CongestionPhase Phase { get; private set; }

    /// <summary>Duplicate acknowledgments since the last new one.</summary>
    public int Duplicates { get; private set; }

    /// <summary>
    /// What may leave beyond the window, a segment for each of the first duplicates: limited transmit (RFC 3042), so that a small
    /// window gets as many duplicates as fast retransmit needs.
    /// </summary>
    public long Allowance
        => Phase == CongestionPhase.Open ? Math.Min(Duplicates, TcpParameters.DuplicateThreshold - 1) * _segmentBytes : 0;

    /// <summary>Starts anew, with the initial window of RFC 6928.</summary>
    public void Reset(int segmentBytes)
    {
        _segmentBytes = segmentBytes;
        _acknowledged = 0;
        _hasRecovered = false;
        Window = InitialWindow;
        Threshold = MaximumWindow;
        Phase = CongestionPhase.Open;
        Duplicates = 0;
    }

    /// <summary>The segments became smaller: fewer octets are as many segments (RFC 1191 §6.5 lets the window be).</summary>
    public void ChangeSegment(int segmentBytes) => _segmentBytes = segmentBytes;

    /// <summary>RFC 5681 §4.1: what is known of the path was learned too long ago.</summary>
    public void RestartAfterIdle() => Window = Math.Min(Window, InitialWindow);

    /// <summary>
    /// So many octets were acknowledged for the first time. True if this ended no recovery, and so the segment behind them is lost as
    /// well (RFC 6582 §3.2 step 3, "partial acknowledgment").
    /// </summary>
    /// <param name="octets">How many.</param>
    /// <param name="unacknowledged">SND.UNA, now.</param>
    /// <param name="inFlight">What is still on its way.</param>
    /// <param name="hasSack">Whether the window of fast recovery is that of RFC 6675, which is never inflated.</param>
    public bool Acknowledge(long octets, long unacknowledged, long inFlight, bool hasSack)
    {
        Duplicates = 0;
        switch (Phase)
        {
            case CongestionPhase.FastRecovery when unacknowledged < _recoverPosition:
                if (!hasSack)
                {
                    // Deflate by what has left the network; a segment's worth may follow it.
                    Window = Math.Max(Window - octets + (octets >= _segmentBytes ? _segmentBytes : 0), _segmentBytes);
                }

                return true;
            case CongestionPhase.FastRecovery:
                Window = hasSack ? Threshold : Math.Min(Threshold, Math.Max(inFlight, _segmentBytes) + _segmentBytes);
                Phase = CongestionPhase.Open;
                return false;
            case CongestionPhase.LossRecovery when unacknowledged >= _recoverPosition:
                Phase = CongestionPhase.Open;
                break;
            default:
                break;
        }

        Grow(octets);
        return false;
    }

    /// <summary>
    /// A duplicate acknowledgment. True if it means that a segment is lost that must be sent again now, and fast recovery begins.
    /// </summary>
    /// <param name="unacknowledged">SND.UNA.</param>
    /// <param name="highest">Behind the last octet that was ever sent.</param>
    /// <param name="inFlight">What is on its way.</param>
    /// <param name="isKnownLost">Whether selective acknowledgments prove the loss already.</param>
    /// <param name="hasSack">Whether they are in use.</param>
    public bool Duplicate(long unacknowledged, long highest, long inFlight, bool isKnownLost, bool hasSack)
    {
        Duplicates++;
        if (Phase == CongestionPhase.FastRecovery)
        {
            // Each duplicate says that a segment has left the network.
            Window = hasSack ? Window : Math.Min(Window + _segmentBytes, MaximumWindow);
            return false;
        }

        // RFC 6582 §3.2 step 2: what the recovery before has sent twice comes back as duplicates, which prove nothing.
        bool isOld = _hasRecovered && unacknowledged <= _recoverPosition;
        if (isOld || (Duplicates < TcpParameters.DuplicateThreshold && !isKnownLost))
        {
            return false;
        }

        Threshold = HalfOf(inFlight);
        Window = hasSack ? Threshold : Threshold + (TcpParameters.DuplicateThreshold * _segmentBytes);
        BeginRecovery(CongestionPhase.FastRecovery, highest);
        return true;
    }

    /// <summary>The timer ran out (RFC 5681 §3.1 (4)). For a segment that was lost again the threshold stays.</summary>
    public void TimeOut(long highest, long inFlight, bool isRepeated)
    {
        if (!isRepeated)
        {
            Threshold = HalfOf(inFlight);
        }

        Window = _segmentBytes;
        Duplicates = 0;
        BeginRecovery(CongestionPhase.LossRecovery, highest);
    }

    /// <summary>A segment was lost, and is already there again (RFC 8985 §7.4.2): half as much may be on its way.</summary>
    public void Repaired()
    {
        Threshold = HalfOf(Window);
        Window = Math.Min(Window, Threshold);
    }

    private long InitialWindow => Math.Min(
        TcpParameters.InitialWindowSegments * _segmentBytes,
        Math.Max(2 * _segmentBytes, TcpParameters.InitialWindowBytes));

    private void BeginRecovery(CongestionPhase phase, long highest)
    {
        Phase = phase;
        _recoverPosition = highest;
        _hasRecovered = true;
        _acknowledged = 0;
    }

    private void Grow(long octets)
    {
        if (Window < Threshold)
        {
            // RFC 5681 §3.1 (2).
            Window += Math.Min(octets, _segmentBytes);
        }
        else
        {
            // RFC 5681 §3.1: a segment for each window that was acknowledged.
            _acknowledged += octets;
            if (_acknowledged >= Window)
            {
                _acknowledged -= Window;
                Window += _segmentBytes;
            }
        }

        Window = Math.Min(Window, MaximumWindow);
    }

    private long HalfOf(long inFlight) => Math.Max(inFlight / 2, 2 * _segmentBytes);
}
