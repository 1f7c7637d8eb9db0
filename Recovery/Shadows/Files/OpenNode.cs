using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>A file that somebody has open. All who have it share this.</summary>
internal sealed class OpenNode(FileNode node)
{
    /// <summary>The file as it is now.</summary>
    public FileNode Node { get; set; } = node;

    /// <summary>What its content is being copied to, while it is.</summary>
    public FileNode? Copy { get; set; }

    /// <summary>How many have it open.</summary>
    public int Users { get; set; }
}
