namespace NooksOS.Tool.Options;

/// <summary>What executes the guest's instructions.</summary>
public enum Accelerator
{
    /// <summary>QEMU's own translator: works everywhere.</summary>
    Tcg,

    /// <summary>The host's hardware virtualisation.</summary>
    Kvm,
}
