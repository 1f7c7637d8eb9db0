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
    /// At which rest of the volume it was made ready to be written, or null. Until the next rest what is known of its room can be
    /// written without asking.
    /// </summary>
    public ulong? PreparedAtRest { get; set; }

    /// <summary>What its content is being copied to, while it is.</summary>
    public OpenNode? Copy { get; set; }

    /// <summary>How many have it open.</summary>
    public int Users { get; set; }

    /// <summary>The copy takes the place of what it was copied from.</summary>
    public void BecomeCopy()
    {
        Node = Copy!.Node;
        Map = Copy.Map;
        PreparedAtRest = Copy.PreparedAtRest;
        Copy = null;
    }
}
