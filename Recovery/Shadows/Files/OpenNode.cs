using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>A file that somebody has open. All who have it share this.</summary>
internal sealed class OpenNode(FileNode node)
{
    /// <summary>The file as it is now.</summary>
    public FileNode Node { get; set; } = node;

    /// <summary>Where its content is, as far as that is known.</summary>
    public FileMap Map { get; private set; } = new();

    /// <summary>How many instances of the file system there were when it was told where its content is.</summary>
    public uint PlacesToldBy { get; set; }

    /// <summary>
    /// When it was made ready to be written, by the rests of the volume and the instances of the file system, or null. Until the
    /// next of either, what is known of its room can be written without asking.
    /// </summary>
    public (ulong Rests, uint Instances)? PreparedAt { get; set; }

    /// <summary>A directory's path as it was opened by; null if that may be another one's meanwhile. See <see cref="PathHash"/>.</summary>
    public ulong? Path { get; set; }

    /// <summary>What its content is being copied to, while it is.</summary>
    public OpenNode? Copy { get; set; }

    /// <summary>How many have it open.</summary>
    public int Users { get; set; }

    /// <summary>What is known of places in it counts no more.</summary>
    public void ForgetPlaces()
    {
        Node = ToldNode.ForNextInstance(Node);
        Map = new FileMap();
    }

    /// <summary>The copy takes the place of what it was copied from.</summary>
    public void BecomeCopy()
    {
        Node = Copy!.Node;
        Map = Copy.Map;
        PlacesToldBy = Copy.PlacesToldBy;
        PreparedAt = Copy.PreparedAt;
        Copy = null;
    }
}
