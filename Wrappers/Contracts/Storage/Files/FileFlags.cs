using System;

namespace NooksOS.Contracts;

/// <summary>Attributes of a file, as FAT keeps them.</summary>
[Flags]
public enum FileFlags : uint
{
    /// <summary>An ordinary file.</summary>
    None = 0,

    /// <summary>It may not be written.</summary>
    ReadOnly = 1,

    /// <summary>It is not listed unless asked for.</summary>
    Hidden = 2,

    /// <summary>It belongs to the system.</summary>
    System = 4,

    /// <summary>It is a directory.</summary>
    Directory = 16,

    /// <summary>It was written since it was archived.</summary>
    Archive = 32,
}
