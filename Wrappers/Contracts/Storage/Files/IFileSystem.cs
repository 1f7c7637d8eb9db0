using System;

namespace NooksOS.Contracts;

/// <summary>
/// What an extension with a file system offers. It holds nothing between calls that its death would lose: open files are nodes that
/// the kernel keeps. No call takes long; long work is told in pieces.
/// </summary>
[Contract(27, CallDirection.KernelToExtension)]
public interface IFileSystem
{
    /// <summary>
    /// Finds a file or directory. Paths begin with a slash; dots mean nothing in them. The count of the reply is 1 if each name of
    /// the path is the own name of what it names: then it names the same until that is removed or gets another name. It is 0 if
    /// one is a short name that was made up, which somebody else may get as his own.
    /// </summary>
    CallResult<FileReply> Find([MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path);

    /// <summary>Makes an empty file or directory, with answers as <see cref="Find"/>.</summary>
    CallResult<FileReply> Create([MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path, FileFlags flags, long nowTicks);

    /// <summary>
    /// Reads the entry of a directory that is at a slot or behind it. The count of the reply is the length of the name, zero at the
    /// end.
    /// </summary>
    CallResult<FileReply> ReadDirectory(FileNode directory, uint position, [MaximumLength(FileLimits.NameCharacters)] Span<char> name);

    /// <summary>
    /// Tells where the content of a file is, from a place inside it on: the first run holds the place, and each one goes on where
    /// the one before it ends. The count of the reply is how many there are. Content itself never comes here: the kernel reads
    /// and writes it where the runs say.
    /// </summary>
    CallResult<FileReply> Locate(FileNode file, uint offset, [Output, MaximumLength(FileLimits.Runs)] Span<FileRun> runs);

    /// <summary>
    /// Makes room for content inside the file or at its end, and tells where it is to be written, as <see cref="Locate"/> does. The
    /// file is not longer by that, but it may have a chain. The answer is <see cref="FileStatus.MustCopy"/> if a chain that is
    /// linked would have to be longer.
    /// </summary>
    CallResult<FileReply> Prepare(
        FileNode file, uint offset, uint lengthBytes, [Output, MaximumLength(FileLimits.Runs)] Span<FileRun> runs);

    /// <summary>
    /// Writes content that makes a chain longer which is linked. A power cut may leave the chain longer than the file.
    /// </summary>
    CallResult<FileReply> Append(
        FileNode file, uint offset, [MaximumLength(FileLimits.TransferBytes)] ReadOnlySpan<byte> bytes, long nowTicks);

    /// <summary>
    /// Makes a file shorter. The answer may be <see cref="FileStatus.MustCopy"/>, unless <paramref name="inPlace"/>: then a power
    /// cut may leave the chain longer than the file.
    /// </summary>
    CallResult<FileReply> Shorten(FileNode file, uint lengthBytes, bool inPlace, long nowTicks);

    /// <summary>Has the directory entry say what the content is.</summary>
    CallResult<FileReply> Link(FileNode file);

    /// <summary>Sets attributes and times, which are linked at once.</summary>
    CallResult<FileReply> Describe(FileNode file, FileFlags flags, long createdTicks, long modifiedTicks);

    /// <summary>Removes a file or an empty directory.</summary>
    CallResult<FileReply> Remove([MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path);

    /// <summary>
    /// Gives a file or directory another name or place. The answer may be <see cref="FileStatus.MustCopy"/> for a file, unless
    /// <paramref name="inPlace"/>: then a power cut may leave it without a name until the volume is mounted again.
    /// </summary>
    CallResult<FileReply> Rename(
        [MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> path,
        [MaximumLength(FileLimits.PathCharacters)] ReadOnlySpan<char> newPath,
        bool inPlace);

    /// <summary>Goes on releasing a chain that no file uses.</summary>
    CallResult<FileReply> Release(uint chain);

    /// <summary>
    /// Waits until everything is on the medium, and marks the volume as put to rest unless the kernel holds files that are not
    /// linked.
    /// </summary>
    CallResult<FileReply> Flush(bool hasOpenChains);

    /// <summary>Describes the volume.</summary>
    CallResult<FileSystemDescription> DescribeVolume();

    /// <summary>Reads the label. The count of the reply is its length.</summary>
    CallResult<FileReply> ReadLabel([MaximumLength(FileLimits.LabelCharacters)] Span<char> label);

    /// <summary>Changes the label; an empty one takes it away.</summary>
    CallResult<FileReply> WriteLabel([MaximumLength(FileLimits.LabelCharacters)] ReadOnlySpan<char> label, long nowTicks);
}
