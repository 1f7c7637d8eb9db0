using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>Ends a call of the file system. It never leaves the extension.</summary>
internal sealed class FileSystemException(FileStatus status) : Exception
{
    /// <summary>What the caller is told.</summary>
    public FileStatus Status { get; } = status;
}
