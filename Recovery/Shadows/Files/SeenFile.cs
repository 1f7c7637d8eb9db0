using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What a file system has said of a file or directory: whatever it says later must agree.</summary>
/// <param name="EntryPosition">Where its entry is.</param>
/// <param name="FirstCluster">Where its content begins.</param>
/// <param name="LengthBytes">Its length.</param>
/// <param name="IsSettled">Whether nobody has opened it for writing since.</param>
internal readonly record struct SeenFile(ulong EntryPosition, uint FirstCluster, uint LengthBytes, bool IsSettled)
{
    /// <summary>What an answer says.</summary>
    public static SeenFile Of(in FileNode node) => new(node.EntryPosition, node.FirstCluster, node.LengthBytes, IsSettled: true);

    /// <summary>Whether an answer can be one about the same file.</summary>
    public bool Agrees(in FileNode node)
        => node.EntryPosition == EntryPosition
            && (!IsSettled || (node.FirstCluster == FirstCluster && node.LengthBytes == LengthBytes));
}
