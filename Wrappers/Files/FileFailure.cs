using System.IO;
using NooksOS.Contracts;

namespace NooksOS.Files;

/// <summary>A file system refuses something.</summary>
public sealed class FileFailure(FileStatus status, string path) : IOException($"{path}: {Describe(status)}")
{
    /// <summary>Why.</summary>
    public FileStatus Status { get; } = status;

    /// <summary>What it is about.</summary>
    public string Path { get; } = path;

    /// <summary>A status in words.</summary>
    public static string Describe(FileStatus status) => status switch
    {
        FileStatus.Ok => "done",
        FileStatus.NotFound => "there is no such file or directory",
        FileStatus.AlreadyExists => "there is one of that name already",
        FileStatus.NotADirectory => "that is not a directory",
        FileStatus.IsADirectory => "that is a directory",
        FileStatus.DirectoryNotEmpty => "the directory is not empty",
        FileStatus.BadName => "FAT cannot hold a name like that",
        FileStatus.BadPath => "that is not a path: it has to begin with a slash",
        FileStatus.NoSpace => "no space is left",
        FileStatus.DirectoryFull => "the directory cannot hold any more",
        FileStatus.TooLarge => "a file on FAT ends before 4 GiB",
        FileStatus.ReadOnly => "it is read-only",
        FileStatus.InUse => "somebody has it open",
        FileStatus.WouldLoop => "a directory cannot be moved into itself",
        FileStatus.Damaged => "the volume is damaged there",
        FileStatus.DeviceError => "the device failed",
        FileStatus.NotMounted => "no volume is mounted",
        FileStatus.NotSupported => "that cannot be done",
        _ => "it cannot be done now",
    };
}
