using System;

namespace NooksOS.Tool.Options;

/// <summary>What a disk is made from: a file, or <c>blkdebug:RULES:FILE</c>, a file with errors by the emulator's rules.</summary>
public static class DiskImage
{
    private const string ErrorsPrefix = "blkdebug:";

    /// <summary>The file with the contents.</summary>
    public static string FileOf(string disk)
        => disk.StartsWith(ErrorsPrefix, StringComparison.Ordinal) ? disk[(disk.LastIndexOf(':') + 1)..] : disk;
}
