using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Tool.Options;

/// <summary>The sound cards that QEMU can emulate and that NooksOS can drive.</summary>
public static class SoundModels
{
    /// <summary>Leaves the machine without sound.</summary>
    public const string None = "none";

    /// <summary>The card that is on the PCI bus.</summary>
    public const string PciCard = "ES1370";

    // QEMU's name of the device, and the extension that drives it.
    private static readonly KeyValuePair<string, string?>[] s_models = [new(None, null), new(PciCard, "es1371"), new("sb16", "sb16")];

    /// <summary>QEMU's names of the devices, and "none".</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_models.Select(model => model.Key)];

    /// <summary>The extension that drives a device; null for "none".</summary>
    public static string? DriverOf(string model) => s_models.Single(known => known.Key == model).Value;
}
