using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>Ends a call of the file system. It never leaves the extension.</summary>
/// <param name="status">What the caller is told.</param>
/// <param name="node">The file to go on with, if the call is not finished.</param>
internal sealed class FileSystemException(FileStatus status, FileNode node = default) : Exception
{
    /// <summary>What the caller is told.</summary>
    public FileStatus Status { get; } = status;

    /// <summary>The file to go on with, if the call is not finished.</summary>
    public FileNode Node { get; } = node;
}
