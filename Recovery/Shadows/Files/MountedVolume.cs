using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>A volume as a file system has it open.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Opened">What the instance holds of it, which it cannot give back while it is registered; null if that is tracked elsewhere.</param>
public readonly record struct MountedVolume(IVolumeContent Content, TrackedObject? Opened);
