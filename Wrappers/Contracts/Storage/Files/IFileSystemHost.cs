using System;

namespace NooksOS.Contracts;

/// <summary>What the kernel offers to a file system.</summary>
[Contract(28, CallDirection.ExtensionToKernel)]
public interface IFileSystemHost
{
    /// <summary>
    /// Tells where the content of open files begins that nothing on the medium points at: these clusters are in use although they
    /// look lost. Returns how many there are.
    /// </summary>
    CallResult<uint> GetOpenChains([MaximumLength(FileLimits.OpenChains)] Span<uint> chains);

    /// <summary>
    /// Registers the caller, while it starts, as the file system of a volume that it has mounted, named by the number of its device. The volume
    /// cannot be closed then.
    /// </summary>
    CallResult<Handle<TrackedObjects.FileSystem>> Register(uint volume);
}
