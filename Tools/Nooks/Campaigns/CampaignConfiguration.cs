using NooksOS.Tool.Options;

namespace NooksOS.Tool.Campaigns;

/// <summary>How extensions are isolated while faults are injected.</summary>
/// <param name="Mode">"domain" or "direct".</param>
/// <param name="Protection">"ring3", "pagetable" or "pks"; "none" in direct mode.</param>
public sealed record CampaignConfiguration(string Mode, string Protection)
{
    /// <summary>No protection at all.</summary>
    public static CampaignConfiguration Direct { get; } = new("direct", "none");

    /// <summary>What the report calls it.</summary>
    public string Name => this == Direct ? Mode : Protection;

    /// <summary>The machine for it.</summary>
    public BootOptions Apply(BootOptions options) => this == Direct
        ? options with { Isolation = IsolationMode.Direct }
        : options with { Isolation = IsolationMode.Domain, Protection = System.Enum.Parse<Protection>(Protection, ignoreCase: true) };
}
