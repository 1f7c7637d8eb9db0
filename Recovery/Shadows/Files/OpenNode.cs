using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>A file that somebody has open. All who have it share this.</summary>
internal sealed class OpenNode(FileNode node)
{
    /// <summary>The file as it is now.</summary>
    public FileNode Node { get; set; } = node;

    /// <summary>Where its content is, as far as that is known.</summary>
    public FileMap Map { get; private set; } = new();

    /// <summary>
    /// When it was made ready to be written, by the rests of the volume and the instances of the file system, or null. Until the
    /// next of either, what is known of its room can be written without asking.
    /// </summary>
    public (ulong Rests, uint Instances)? PreparedAt { get; set; }

    /// <summary>What its content is being copied to, while it is.</summary>
    public OpenNode? Copy { get; set; }

    /// <summary>How many have it open.</summary>
    public int Users { get; set; }

    /// <summary>The copy takes the place of what it was copied from.</summary>
    public void BecomeCopy()
    {
        Node = Copy!.Node;
        Map = Copy.Map;
        PreparedAt = Copy.PreparedAt;
        Copy = null;
    }
}
