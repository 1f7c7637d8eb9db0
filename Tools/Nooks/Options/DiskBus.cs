namespace NooksOS.Tool.Options;

/// <summary>What disks are attached to.</summary>
public enum DiskBus
{
    /// <summary>The SATA controller of the machine.</summary>
    Ahci,

    /// <summary>Each disk is a virtio device.</summary>
    Virtio,
}
