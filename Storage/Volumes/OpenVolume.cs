using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Storage;

/// <summary>A volume that a domain has opened.</summary>
internal sealed class OpenVolume(DiskRegistry registry, Volume volume) : TrackedObject(TrackedKind.Volume)
{
    public Volume Volume => volume;

    public override string Description => volume.Name;

    protected override bool Release()
    {
        registry.Close(volume);
        return true;
    }
}
