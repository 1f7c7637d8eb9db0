using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>The registration of one instance of a file system, as its domain holds it.</summary>
internal sealed class FileSystemRegistration(FileShadow shadow, uint domainId, uint registration)
    : Registration(TrackedKind.FileSystem, domainId, shadow.Faults, shadow.Clock)
{
    public override string Description => "file system";

    protected override bool Unregister() => shadow.FileSystem.Unregister(registration);
}
