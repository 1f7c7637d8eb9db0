using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// A part of the kernel that stands between an extension and its users and has to know when the extension comes and goes:
/// a shadow.
/// </summary>
public interface IRecoveryParticipant
{
    /// <summary>The instance in the domain is dead; give it no more work. Its tracked objects are released later.</summary>
    void InstanceStopped(uint domainId);

    /// <summary>
    /// A fresh instance is started. Replay its configuration, so that its users can go on. Anything but
    /// <see cref="CallStatus.Ok"/> counts as a failed restart.
    /// </summary>
    CallStatus InstanceStarted(uint domainId);

    /// <summary>The extension will not come back: it was unloaded or given up. Its users must be told.</summary>
    void ExtensionGone(uint domainId);
}
