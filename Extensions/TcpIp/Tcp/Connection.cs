using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// What this instance of the stack knows of a connection: the transmission control block of RFC 9293 §3.3.1. All that cannot be lost is in
/// the block of the same number; the rest is here, and a new instance begins it anew.
/// <para>
/// Positions count octets of a byte stream since the connection began, so that none of the comparisons here wraps. Ours: the SYN is at -1,
/// the first octet at 0, the FIN behind the last octet. The peer's likewise.
/// </para>
/// </summary>
internal sealed class Connection(uint block) : ConnectionLinks
{
    /// <summary>Position of a SYN.</summary>
    public const long SynPosition = -1;

    /// <summary>A time that never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The number of its block.</summary>
    public uint Block { get; } = block;

    /// <summary>Between whom it is.</summary>
    public TcpFlow Flow { get; set; }

    /// <summary>Its state; <see cref="ConnectionState.None"/> while this object stands for no connection.</summary>
    public ConnectionState State { get; set; }

    /// <summary>ISS.</summary>
    public uint InitialSend { get; set; }

    /// <summary>IRS.</summary>
    public uint InitialReceive { get; set; }

    /// <summary>What the SYNs agreed on.</summary>
    public HandshakeOptions Options { get; set; }

    /// <summary>What is added to the clock for our timestamps.</summary>
    public uint TimestampOffset { get; set; }

    /// <summary>The largest payload of a segment: what the peer takes and the path carries, less the options of each segment.</summary>
    public int SegmentBytes { get; set; }

    /// <summary>SND.UNA.</summary>
    public long Unacknowledged { get; set; }

    /// <summary>SND.NXT. A timer that runs out sets it back.</summary>
    public long SendNext { get; set; }

    /// <summary>Behind the last octet that was ever sent, by any instance.</summary>
    public long SendHighest { get; set; }

    /// <summary>Behind the last segment that was sent and not full.</summary>
    public long SmallEnd { get; set; }

    /// <summary>SND.UNA + SND.WND: how far the peer lets us send.</summary>
    public long WindowEnd { get; set; }

    /// <summary>The largest window that the peer ever offered.</summary>
    public long LargestWindow { get; set; }

    /// <summary>SND.WL1: position of the segment that last changed the window.</summary>
    public long WindowSequence { get; set; }

    /// <summary>SND.WL2: what that segment acknowledged.</summary>
    public long WindowAcknowledgment { get; set; }

    /// <summary>RCV.NXT.</summary>
    public long ReceiveNext { get; set; }

    /// <summary>The end of the window that we offered last.</summary>
    public long OfferedEnd { get; set; }

    /// <summary>What was acknowledged last (Last.ACK.sent).</summary>
    public long AcknowledgedNext { get; set; }

    /// <summary>Position of the peer's FIN if it came before data that is missing; else <see cref="Never"/>.</summary>
    public long EarlyFinish { get; set; }

    /// <summary>The largest payload that came, by which full segments are told.</summary>
    public int LargestReceived { get; set; }

    /// <summary>What arrived beyond a gap. Its octets are in the ring already, each in its place.</summary>
    public RangeSet Arrived { get; } = new();

    /// <summary>Position in the range that changed last, which an acknowledgment tells of first (RFC 2018 §4).</summary>
    public long LatestArrival { get; set; }

    /// <summary>TS.Recent.</summary>
    public uint RecentTimestamp { get; set; }

    /// <summary>When it was taken.</summary>
    public long RecentTimestampAt { get; set; }

    /// <summary>How much may be on its way.</summary>
    public CongestionControl Congestion { get; } = new();

    /// <summary>What the peer has beyond a gap.</summary>
    public SackScoreboard Scoreboard { get; } = new();

    /// <summary>How long to wait for an acknowledgment.</summary>
    public RoundTripEstimator RoundTrip = new();

    /// <summary>How the loss of what was sent last is found.</summary>
    public TailProbe Probe = new();

    /// <summary>How often the peer may still be asked which connection it means.</summary>
    public ChallengeAllowance Challenges;

    /// <summary>Behind the segment whose round trip is measured; <see cref="Never"/> if none is.</summary>
    public long MeasuredEnd { get; set; }

    /// <summary>When it was sent.</summary>
    public long MeasuredAt { get; set; }

    /// <summary>When what is not acknowledged is sent again, or a closed window is probed.</summary>
    public long RetransmitAt { get; set; }

    /// <summary>How often it was sent again, or probed, in a row.</summary>
    public int Retransmissions { get; set; }

    /// <summary>
    /// How many long segments are still acknowledged at once: a peer that begins, or begins anew, sends one, and waits.
    /// </summary>
    public int QuickAcknowledgments { get; set; }

    /// <summary>When an acknowledgment leaves at the latest.</summary>
    public long AcknowledgeAt { get; set; }

    /// <summary>Whether a router has said, since the peer was last heard of, that nothing leads there.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>When the peer was last heard of.</summary>
    public long HeardAt { get; set; }

    /// <summary>When a silent peer is probed.</summary>
    public long KeepAliveAt { get; set; }

    /// <summary>Probes of a silent peer that went unanswered.</summary>
    public int KeepAliveProbes { get; set; }

    /// <summary>When FIN-WAIT-2 is over; and before it, when the peer must have taken enough of what the application left behind.</summary>
    public long FinishBy { get; set; }

    /// <summary>How much the peer had taken when the time until <see cref="FinishBy"/> began.</summary>
    public long FinishFrom { get; set; }

    /// <summary>When something was last sent.</summary>
    public long SentAt { get; set; }

    /// <summary>Whether an acknowledgment is due at the end of this call.</summary>
    public bool MustAcknowledge { get; set; }

    /// <summary>Whether the peer is to be told so often how far we are that it sends again what was lost.</summary>
    public bool MustRemind { get; set; }

    /// <summary>Until when a peer that sends one segment at a time is told so after each: it finds out one by one what was lost.</summary>
    public long CatchUpUntil { get; set; }

    /// <summary>When the first of its timers is due.</summary>
    public long Deadline
        => Math.Min(Math.Min(Math.Min(RetransmitAt, Probe.DueAt), AcknowledgeAt), Math.Min(KeepAliveAt, FinishBy));

    /// <summary>What is sent and not known to have left the network.</summary>
    public long InFlight => Congestion.Phase == CongestionPhase.FastRecovery && Options.HasSack
        ? Scoreboard.InFlight(Unacknowledged, SendNext, SegmentBytes)
        : SendNext - Unacknowledged - Scoreboard.OctetsBelow(SendNext);

    /// <summary>
    /// The position of a segment without data: the newest that the peer accepts. Where a timer has set SND.NXT back, the peer may be further.
    /// </summary>
    public long AcceptableSend => Math.Min(SendHighest, Math.Max(WindowEnd, SendNext));

    /// <summary>The sequence number of a position of ours.</summary>
    public uint SequenceOf(long position) => InitialSend + 1 + (uint)position;

    /// <summary>The position that an acknowledgment number means.</summary>
    public long AcknowledgedPosition(uint acknowledgment)
        => Unacknowledged + (int)(acknowledgment - SequenceOf(Unacknowledged));

    /// <summary>The sequence number of a position of the peer's.</summary>
    public uint ReceiveSequenceOf(long position) => InitialReceive + 1 + (uint)position;

    /// <summary>The position of the peer's that a sequence number means.</summary>
    public long ReceivedPosition(uint sequence) => ReceiveNext + (int)(sequence - ReceiveSequenceOf(ReceiveNext));

    /// <summary>Forgets all of an earlier connection.</summary>
    public void Clear()
    {
        State = ConnectionState.None;
        Flow = default;
        InitialSend = InitialReceive = TimestampOffset = RecentTimestamp = 0;
        Options = HandshakeOptions.Nothing;
        Unacknowledged = SendNext = SendHighest = WindowEnd = SmallEnd = SynPosition;
        LargestWindow = 0;
        WindowSequence = WindowAcknowledgment = SynPosition;
        ReceiveNext = OfferedEnd = AcknowledgedNext = 0;
        EarlyFinish = MeasuredEnd = Never;
        LargestReceived = 0;
        QuickAcknowledgments = TcpParameters.QuickAcknowledgments;
        LatestArrival = 0;
        RecentTimestampAt = MeasuredAt = HeardAt = SentAt = CatchUpUntil = 0;
        Arrived.Clear();
        Scoreboard.Clear();
        RoundTrip.Reset(TcpParameters.InitialTimeout);
        UseSegment(TcpParameters.DefaultSegmentBytes);
        Congestion.Reset(SegmentBytes);
        StopTimers();
        Retransmissions = KeepAliveProbes = 0;
        MustAcknowledge = MustRemind = IsUnreachable = false;
        Challenges = default;
    }

    /// <summary>Stops every timer.</summary>
    public void StopTimers()
    {
        RetransmitAt = AcknowledgeAt = KeepAliveAt = FinishBy = Never;
        Probe.Clear();
    }

    /// <summary>
    /// Everything that is not acknowledged is taken for lost, and sent again from its first octet on, slowly.
    /// </summary>
    /// <param name="isRepeated">Whether that has happened before, and nothing has arrived since.</param>
    /// <param name="nowNanoseconds">The time.</param>
    public void BeginAgain(bool isRepeated, long nowNanoseconds)
    {
        Congestion.TimeOut(SendHighest, InFlight, isRepeated);
        RetransmitAt = nowNanoseconds + RoundTrip.Timeout;
        MeasuredEnd = Never;
        SendNext = Unacknowledged;
        Probe.Clear();
    }

    /// <summary>Changes the size of segments.</summary>
    public void UseSegment(int segmentBytes)
    {
        SegmentBytes = segmentBytes;
        Congestion.ChangeSegment(segmentBytes);
    }
}
