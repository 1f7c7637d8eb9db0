namespace NooksOS.Tool.Options;

/// <summary>What is at the other end of the guest's link.</summary>
public enum PeerKind
{
    /// <summary>QEMU's user network, which ends connections itself and makes others to programs of the host.</summary>
    User,

    /// <summary>The TCP of the host's kernel, at a tap device in a network namespace of its own.</summary>
    Linux,
}
