using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Tool.Options;

/// <summary>The network cards that QEMU can emulate and that NooksOS can drive.</summary>
public static class NicModels
{
    /// <summary>The card of a machine for which nothing else is asked.</summary>
    public const string Default = "e1000";

    /// <summary>Leaves the machine without a network.</summary>
    public const string None = "none";

    // QEMU's name of the model, and the extension that drives it.
    private static readonly KeyValuePair<string, string?>[] s_models =
    [
        new(Default, "e1000"),
        new("e1000-82545em", "e1000"),
        new("e1000e", "e1000e"),
        new("pcnet", "pcnet32"),
        new("rtl8139", "rtl8139"),
        new("virtio-net-pci", "virtio-net"),
        new(None, null),
    ];

    /// <summary>QEMU's names of the models, and "none".</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_models.Select(model => model.Key)];

    /// <summary>Whether a model is a virtio device.</summary>
    public static bool IsVirtio(string model) => model.StartsWith("virtio-", System.StringComparison.Ordinal);

    /// <summary>The extension that drives a model; null for "none".</summary>
    public static string? DriverOf(string model) => s_models.Single(known => known.Key == model).Value;
}
