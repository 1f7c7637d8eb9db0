namespace NooksOS.Extensions.TcpIp;

/// <summary>Times and limits of TCP, each with the document that gives or bounds it.</summary>
internal static class TcpParameters
{
    /// <summary>RFC 9293 §3.7.1, MUST-15: what a peer takes that does not say.</summary>
    public const int DefaultSegmentBytes = 536;

    /// <summary>The least that we believe of a peer or of a path: less would make each octet cost a segment.</summary>
    public const int MinimumSegmentBytes = 64;

    /// <summary>
    /// RFC 1191 §3 allows a path of 68 octets, and RFC 791 makes each host take 576: a smaller path is more likely a forgery (Linux: min_pmtu).
    /// </summary>
    public const int MinimumPathBytes = 552;

    /// <summary>RFC 6298 §2 (2.1): before the first measurement.</summary>
    public const long InitialTimeout = Second;

    /// <summary>RFC 6298 §5 (5.7): for data, if the SYN had to be repeated.</summary>
    public const long TimeoutAfterLostSyn = 3 * Second;

    /// <summary>
    /// RFC 6298 §2 (2.4) says one second and calls it conservative. It bounds what a crash costs that loses segments, so we
    /// take less, as others do (Linux: 200 ms); it is above the delayed acknowledgments of BSD's children.
    /// </summary>
    public const long MinimumTimeout = 300 * Millisecond;

    /// <summary>RFC 6298 §2 (2.5): at least a minute.</summary>
    public const long MaximumTimeout = 60 * Second;

    /// <summary>RFC 9293 §3.8.3, R2 (at least 100 s): with the times above, about five minutes.</summary>
    public const int MaximumRetransmissions = 12;

    /// <summary>RFC 9293 §3.8.3, R2 for a SYN (MUST-23: at least three minutes).</summary>
    public const int MaximumSynRetransmissions = 7;

    /// <summary>How often a SYN-ACK is repeated. The peer repeats its SYN as well.</summary>
    public const int MaximumSynAckRetransmissions = 4;

    /// <summary>How often a reset is repeated. No document asks for that, and none that a peer that hears of nothing else hears of it.</summary>
    public const int ResetRepetitions = 3;

    /// <summary>RFC 9293 §3.8.6.3: less than half a second.</summary>
    public const long DelayedAcknowledgment = 40 * Millisecond;

    /// <summary>How many long segments of a peer in slow start are acknowledged without delay.</summary>
    public const int QuickAcknowledgments = 16;

    /// <summary>RFC 9293 §3.8.4: at least two hours.</summary>
    public const long KeepAliveIdle = 2 * 60 * 60 * Second;

    /// <summary>How long between probes of a silent peer.</summary>
    public const long KeepAliveInterval = 75 * Second;

    /// <summary>How many probes go unanswered before the peer counts as dead (RFC 9293 MUST-26: more than one).</summary>
    public const int KeepAliveProbes = 9;

    /// <summary>How long a peer may take to finish after an application that has gone. No document bounds FIN-WAIT-2.</summary>
    public const long FinWait2 = 60 * Second;

    /// <summary>
    /// How long a peer may take for <see cref="OrphanBytes"/> of what an application has left behind that has gone: nobody else would
    /// ever give up, and each such connection holds its buffers. No document bounds that either (RFC 6429 §4 allows it).
    /// </summary>
    public const long OrphanPeriod = 60 * Second;

    /// <summary>See <see cref="OrphanPeriod"/>.</summary>
    public const int OrphanBytes = 4096;

    /// <summary>Twice the life of a segment (RFC 9293 §3.4.2 says two minutes each; this is what others use).</summary>
    public const long TimeWait = 60 * Second;

    /// <summary>RFC 7323 §5.5: after 24 days a timestamp says nothing.</summary>
    public const long TimestampLifetime = 24L * 24 * 60 * 60 * Second;

    /// <summary>RFC 5681 §3.2: so many duplicates mean a loss.</summary>
    public const int DuplicateThreshold = 3;

    /// <summary>RFC 6928 §2: the initial window in segments.</summary>
    public const int InitialWindowSegments = 10;

    /// <summary>RFC 6928 §2: the initial window in octets, unless two segments are more.</summary>
    public const int InitialWindowBytes = 14_600;

    /// <summary>
    /// How long a new instance of the stack refuses no segment of a connection that it does not know: longer than the first repetitions of others.
    /// </summary>
    public const long SilenceAfterRestart = 5 * Second;

    /// <summary>For how long a peer that lost segments to a crash of ours is helped to send them again.</summary>
    public const long CatchUp = Second;

    /// <summary>Who was heard of since then may have had something under way when a driver died.</summary>
    public const long ActiveLately = 2 * Second;

    private const long Second = 1_000_000_000;
    private const long Millisecond = 1_000_000;
}
