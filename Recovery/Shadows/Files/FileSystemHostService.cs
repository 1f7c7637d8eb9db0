using System;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>What the kernel offers to one instance of a file system.</summary>
/// <param name="shadow">The shadow of files.</param>
/// <param name="domainId">The domain that the recovery manager knows the extension by.</param>
/// <param name="fileSystem">The instance, as the kernel calls it.</param>
/// <param name="findVolume">A volume by its number; null if the instance has not opened it.</param>
/// <param name="objects">What the instance holds.</param>
public sealed class FileSystemHostService(
    FileShadow shadow, uint domainId, IFileSystem fileSystem, Func<uint, MountedVolume?> findVolume, HandleTable objects)
    : IFileSystemHost
{
    /// <inheritdoc/>
    public CallResult<uint> GetOpenChains(Span<uint> chains) => CallResult<uint>.Ok(shadow.Nodes.CopyOpenChains(chains));

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.FileSystem>> Register(uint volume)
    {
        if (!objects.TakesRegistrations)
        {
            return CallResult<Handle<TrackedObjects.FileSystem>>.Failure(CallStatus.NotSupported);
        }

        if (findVolume(volume) is not { } mounted)
        {
            return CallResult<Handle<TrackedObjects.FileSystem>>.Failure(CallStatus.BadParameter);
        }

        if (!shadow.FileSystem.TryRegister(domainId, fileSystem, volume, mounted.Content, out uint registration))
        {
            return CallResult<Handle<TrackedObjects.FileSystem>>.Failure(CallStatus.Busy);
        }

        CallResult<Handle<TrackedObjects.FileSystem>> added =
            objects.Add<TrackedObjects.FileSystem>(new FileSystemRegistration(shadow, domainId, registration), mounted.Opened);
        if (!added.Succeeded)
        {
            shadow.FileSystem.Unregister(registration);
        }

        return added;
    }
}
