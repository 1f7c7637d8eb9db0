using System;

namespace NooksOS.Contracts;

/// <summary>
/// Files, for everybody. Open files and positions in them are the kernel's: a file system or the driver below it that dies is
/// replaced, the call is carried out by the next instance, and its caller sees a pause. What was written is certain to outlive the
/// power once <see cref="Flush"/> or <see cref="Synchronize"/> has succeeded.
/// </summary>
[Contract(29, CallDirection.ExtensionToKernel)]
public interface IFileServices
{
    /// <summary>Opens a file or directory.</summary>
    CallResult<OpenedFile> Open([MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path, FileRequests requests);

    /// <summary>Closes it. What was written is linked to the name now; that can fail.</summary>
    CallResult<FileOutcome> Close(Handle<TrackedObjects.File> file);

    /// <summary>Reads from the position on, up to the end of the file.</summary>
    CallResult<FileOutcome> Read(Handle<TrackedObjects.File> file, [MaximumLength(FileLimits.TransferBytes)] Span<byte> bytes);

    /// <summary>Writes from the position on. A gap behind the end is filled with zeros.</summary>
    CallResult<FileOutcome> Write(Handle<TrackedObjects.File> file, [MaximumLength(FileLimits.TransferBytes)] ReadOnlySpan<byte> bytes);

    /// <summary>Sets the position, from the beginning of the file.</summary>
    CallResult<FileOutcome> Seek(Handle<TrackedObjects.File> file, ulong position);

    /// <summary>Makes the file shorter, or longer with zeros.</summary>
    CallResult<FileOutcome> SetLength(Handle<TrackedObjects.File> file, ulong lengthBytes);

    /// <summary>Waits until the file is on the medium.</summary>
    CallResult<FileOutcome> Flush(Handle<TrackedObjects.File> file);

    /// <summary>Reads the next entry of a directory. The count is the length of the name, zero at the end.</summary>
    CallResult<FileOutcome> ReadDirectory(Handle<TrackedObjects.File> directory, [MaximumLength(FileLimits.NameCharacters)] Span<char> name);

    /// <summary>Describes a file or directory.</summary>
    CallResult<FileOutcome> Describe([MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path);

    /// <summary>Sets attributes and times.</summary>
    CallResult<FileOutcome> SetDescription(
        [MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path, FileFlags flags, long createdTicks, long modifiedTicks);

    /// <summary>Makes a directory.</summary>
    CallResult<FileOutcome> CreateDirectory([MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path);

    /// <summary>Removes a file that nobody has open, or an empty directory.</summary>
    CallResult<FileOutcome> Remove([MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path);

    /// <summary>Gives a file or directory another name or place, and removes a file that has that name if so wanted.</summary>
    CallResult<FileOutcome> Rename(
        [MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path,
        [MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> newPath,
        bool replaces);

    /// <summary>Waits until everything is on the medium.</summary>
    CallResult<FileOutcome> Synchronize();
}
