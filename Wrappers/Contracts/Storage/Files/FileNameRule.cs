using System;

namespace NooksOS.Contracts;

/// <summary>Which names files can have: what a file system refuses as <see cref="FileStatus.BadName"/>, and the kernel knows as well.</summary>
public static class FileNameRule
{
    private const string Forbidden = "\"*/:<>?\\|";

    /// <summary>Whether FAT can hold the name.</summary>
    public static bool Allows(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > FileLimits.NameCharacters || name[^1] is '.' or ' ')
        {
            return false;
        }

        foreach (char character in name)
        {
            if (character < ' ' || character == '\u007F' || Forbidden.Contains(character, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
