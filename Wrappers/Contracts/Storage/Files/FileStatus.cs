namespace NooksOS.Contracts;

/// <summary>How a call of a file system ended.</summary>
public enum FileStatus : uint
{
    /// <summary>No answer: what comes back from a file system that has fallen silent. No user ever sees it.</summary>
    None = 0,

    /// <summary>It was carried out.</summary>
    Ok,

    /// <summary>There is no such file or directory.</summary>
    NotFound,

    /// <summary>The name is taken.</summary>
    AlreadyExists,

    /// <summary>Something on the path, or what was named, is a file and not a directory.</summary>
    NotADirectory,

    /// <summary>What was named is a directory and not a file.</summary>
    IsADirectory,

    /// <summary>The directory has entries.</summary>
    DirectoryNotEmpty,

    /// <summary>FAT cannot hold the name: it is empty, longer than 255 UTF-16 units, ends in a dot or a space, or has a forbidden character.</summary>
    BadName,

    /// <summary>The path is longer than <see cref="FileLimits.PathCharacters"/> or does not begin with a slash.</summary>
    BadPath,

    /// <summary>No free cluster is left.</summary>
    NoSpace,

    /// <summary>The directory cannot grow: the root of FAT12 and FAT16 is of fixed size, all others end at 65,536 slots.</summary>
    DirectoryFull,

    /// <summary>A file cannot be longer than 4 GiB less one byte.</summary>
    TooLarge,

    /// <summary>The volume or the file is read-only.</summary>
    ReadOnly,

    /// <summary>The file is open.</summary>
    InUse,

    /// <summary>A directory cannot be moved into itself.</summary>
    WouldLoop,

    /// <summary>What is on the medium contradicts itself: a chain that leads nowhere, or in a circle.</summary>
    Damaged,

    /// <summary>The device failed.</summary>
    DeviceError,

    /// <summary>The volume holds no file system of this kind.</summary>
    NotFat,

    /// <summary>The file has changed its place; it must be looked up again.</summary>
    Stale,

    /// <summary>No file system is mounted.</summary>
    NotMounted,

    /// <summary>
    /// The chain of the file is linked to its directory entry, and it must get another length. One write cannot change both, so
    /// the content is copied to a chain of its own first.
    /// </summary>
    MustCopy,

    /// <summary>The call would begin behind the end of the file.</summary>
    BeyondEnd,

    /// <summary>The file system does not do this.</summary>
    NotSupported,

    /// <summary>The time or the resources of the system did not suffice.</summary>
    Unavailable,

    /// <summary>
    /// The chain of the file is long, and more of it is known now: the same call is to be made again with the node as it is in the answer.
    /// </summary>
    Unfinished,
}
