using System.Text;

namespace NooksOS.Tool.Campaigns;

/// <summary>Names a trial within a campaign.</summary>
/// <param name="Extension">Which extension gets the faults.</param>
/// <param name="Configuration">How extensions are isolated.</param>
/// <param name="Trial">The number of the trial, from zero: the same number means the same faults in every configuration.</param>
public readonly record struct TrialKey(string Extension, CampaignConfiguration Configuration, int Trial)
{
    /// <summary>The seed of its faults. Follows from the campaign's seed, the extension and the number.</summary>
    public long SeedFor(long campaignSeed)
    {
        // FNV-1a: the library's hash of a text is another one in every process.
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (byte value in Encoding.UTF8.GetBytes($"{campaignSeed}/{Extension}/{Trial}"))
        {
            hash = (hash ^ value) * 0x100_0000_01B3;
        }

        return (long)(hash >> 1);
    }
}
