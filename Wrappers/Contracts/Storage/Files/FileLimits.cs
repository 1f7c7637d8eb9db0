namespace NooksOS.Contracts;

/// <summary>Bounds of the calls of file systems.</summary>
public static class FileLimits
{
    /// <summary>The longest path, in UTF-16 units.</summary>
    public const int PathCharacters = 4096;

    /// <summary>The longest name, in UTF-16 units.</summary>
    public const int NameCharacters = 255;

    /// <summary>The most that one call reads or writes.</summary>
    public const int TransferBytes = 64 * 1024;

    /// <summary>The most pieces of a file that one call tells of.</summary>
    public const int Runs = 32;

    /// <summary>The most files that may be open for writing at once.</summary>
    public const int OpenChains = 1024;

    /// <summary>The longest volume label.</summary>
    public const int LabelCharacters = 11;
}
