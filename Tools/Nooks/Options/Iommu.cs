namespace NooksOS.Tool.Options;

/// <summary>Whether the machine has a unit that can keep devices from memory.</summary>
public enum Iommu
{
    /// <summary>It has one, and virtio devices are behind it as well.</summary>
    On,

    /// <summary>It has none.</summary>
    Off,
}
