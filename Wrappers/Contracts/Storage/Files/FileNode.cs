namespace NooksOS.Contracts;

/// <summary>
/// All that is known of a file or directory. A file system keeps nothing about files between calls: it gets the node of an open
/// file with every call, and gives it back as it is afterwards. So an instance that takes over knows as much as the one before.
/// </summary>
/// <param name="EntryPosition">Where on the volume its directory entry is, in bytes: its identity. Zero is the root.</param>
/// <param name="Flags">Attributes.</param>
/// <param name="LengthBytes">Its length.</param>
/// <param name="FirstCluster">Where its content begins; zero if it has none.</param>
/// <param name="LinkedCluster">
/// Where its content begins according to its directory entry. While this differs from <paramref name="FirstCluster"/>, the
/// content is in a chain that nothing on the medium points at yet.
/// </param>
/// <param name="LinkedLengthBytes">Its length according to its directory entry.</param>
/// <param name="CursorIndex">A place in the chain that was found before: the how manieth cluster.</param>
/// <param name="CursorCluster">And which cluster it is; zero if none is known.</param>
/// <param name="CreatedTicks">When it was made, in UTC ticks of 100 ns.</param>
/// <param name="ModifiedTicks">When it was written last, in UTC ticks of 100 ns.</param>
public readonly record struct FileNode(
    ulong EntryPosition,
    FileFlags Flags,
    uint LengthBytes,
    uint FirstCluster,
    uint LinkedCluster,
    uint LinkedLengthBytes,
    uint CursorIndex,
    uint CursorCluster,
    long CreatedTicks,
    long ModifiedTicks)
{
    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Flags & FileFlags.Directory) != 0;

    /// <summary>Whether its directory entry does not tell yet what its content is.</summary>
    public bool IsPending => FirstCluster != LinkedCluster || LengthBytes != LinkedLengthBytes;

    /// <summary>Whether it is the root directory.</summary>
    public bool IsRoot => EntryPosition == 0;
}
