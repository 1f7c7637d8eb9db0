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
}
