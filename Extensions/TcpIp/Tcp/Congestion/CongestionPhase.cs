namespace NooksOS.Extensions.TcpIp;

/// <summary>What congestion control thinks of the path.</summary>
internal enum CongestionPhase : byte
{
    /// <summary>Nothing is known to be lost: slow start or congestion avoidance.</summary>
    Open,

    /// <summary>A segment is lost, acknowledgments still come: fast recovery (RFC 6582, or RFC 6675 with selective acknowledgments).</summary>
    FastRecovery,

    /// <summary>The timer ran out: everything is sent again from the first octet that is missing, slowly.</summary>
    LossRecovery,
}
