using System;

namespace NooksOS.Contracts;

/// <summary>What is wanted of a file when it is opened.</summary>
[Flags]
public enum FileRequests : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read it.</summary>
    Read = 1,

    /// <summary>Write it.</summary>
    Write = 2,

    /// <summary>Make it if it is not there.</summary>
    Create = 4,

    /// <summary>Fail if it is there.</summary>
    OnlyNew = 8,

    /// <summary>Empty it.</summary>
    Truncate = 16,

    /// <summary>It is a directory, to be listed.</summary>
    List = 32,
}
