using System;
using NooksOS.Contracts;

namespace NooksOS.Files;

/// <summary>A file or directory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Flags">Attributes.</param>
/// <param name="LengthBytes">Its length; zero for a directory.</param>
/// <param name="Created">When it was made, in UTC.</param>
/// <param name="Modified">When it was written last, in UTC.</param>
public readonly record struct FileEntry(string Name, FileFlags Flags, ulong LengthBytes, DateTime Created, DateTime Modified)
{
    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Flags & FileFlags.Directory) != 0;

    internal static FileEntry From(string name, FileOutcome about)
        => new(name, about.Flags, about.LengthBytes, TimeOf(about.CreatedTicks), TimeOf(about.ModifiedTicks));

    private static DateTime TimeOf(long ticks)
        => new(ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? ticks : 0, DateTimeKind.Utc);
}
