namespace NooksOS.Tool.Options;

/// <summary>How the emulator treats writes to the files of disks, by its own names for it.</summary>
public enum DiskCache
{
    /// <summary>The host's memory is a cache that a flush empties.</summary>
    Writeback,

    /// <summary>Past the host's memory: what the disk has taken is in the file, whatever happens to the emulator.</summary>
    None,

    /// <summary>Each write is in the file before it is done.</summary>
    Writethrough,

    /// <summary>Flushes are ignored. For measurements of everything else.</summary>
    Unsafe,
}
