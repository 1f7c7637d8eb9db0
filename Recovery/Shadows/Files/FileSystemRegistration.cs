using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>The registration of one instance of a file system, as its domain holds it.</summary>
internal sealed class FileSystemRegistration(FileShadow shadow, uint registration) : TrackedObject(TrackedKind.FileSystem)
{
    public override string Description => "file system";

    protected override bool Release()
    {
        shadow.FileSystem.Unregister(registration);
        return true;
    }
}
