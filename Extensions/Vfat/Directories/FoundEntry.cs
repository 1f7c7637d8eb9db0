using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>An entry that was found.</summary>
/// <param name="Node">The file.</param>
/// <param name="Name">Its name as the directory has it.</param>
/// <param name="Slots">Its slots; the last one has the short name.</param>
internal sealed record FoundEntry(FileNode Node, string Name, ulong[] Slots)
{
    /// <summary>The entry that a reader is at.</summary>
    public static FoundEntry From(DirectoryReader reader) => new(reader.Node, new string(reader.Name), reader.Slots.ToArray());

    /// <summary>Whether a name is its own, and not a short one that was made up for it.</summary>
    public bool HasName(ReadOnlySpan<char> name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase);
}
