using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>What the stack has done since it was started.</summary>
internal sealed class StackCounters
{
    private readonly ulong[] _drops = new ulong[(int)DropReason.Count];

    public ulong FramesReceived { get; set; }

    public ulong FramesTransmitted { get; set; }

    public ulong ArpReplies { get; set; }

    public ulong EchoReplies { get; set; }

    public ulong DatagramsReceived { get; set; }

    public ulong DatagramsEchoed { get; set; }

    public ulong ErrorsSent { get; set; }

    public ulong SegmentsReceived { get; set; }

    public ulong SegmentsSent { get; set; }

    public ulong SegmentsRepeated { get; set; }

    public ulong ResetsSent { get; set; }

    public ulong ChallengesSent { get; set; }

    public ulong CookiesOnly { get; set; }

    public ulong CookiesAccepted { get; set; }

    public ulong ConnectionsAccepted { get; set; }

    public ulong ConnectionsAdopted { get; set; }

    /// <summary>How often something was dropped for that reason.</summary>
    public ulong this[DropReason reason] => _drops[(int)reason];

    /// <summary>Notes a drop.</summary>
    public void Drop(DropReason reason, uint count = 1) => _drops[(int)reason] += count;

    /// <summary>The counters in the form of the contract.</summary>
    public StackStatistics ToStatistics() => new(
        FramesReceived,
        FramesTransmitted,
        Sum(DropReason.EthernetMalformed, DropReason.LastMalformed),
        ArpReplies,
        EchoReplies,
        DatagramsReceived,
        DatagramsEchoed,
        Sum(DropReason.LastMalformed + 1, DropReason.LastChecksum));

    private ulong Sum(DropReason first, DropReason last)
    {
        ulong sum = 0;
        for (DropReason reason = first; reason <= last; reason++)
        {
            sum += this[reason];
        }

        return sum;
    }
}
